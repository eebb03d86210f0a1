using AltSendme.Core.Settings.Schema;

namespace AltSendme.Core.Policy;

/// <summary>Compares settings that are in use with those that policy locks.</summary>
internal static class LockedSettings
{
    /// <summary>What policy says now to the settings that a run began with.</summary>
    public static PolicyVerdict Judge(CoreServices services) =>
        services.Loaded.All.Select(setting => services.Policy.JudgeSetting(setting.Key, setting.Value)).FirstOrDefault(static verdict => !verdict.IsAllowed);

    /// <summary>What policy says to a value that a request has in place of the setting's.</summary>
    public static PolicyVerdict Judge(CoreServices services, (SettingKey Key, string Text) wanted) =>
        wanted.Key.Canonical(wanted.Text) is { } text ? services.Policy.JudgeSetting(wanted.Key, SettingValue.Of(text)) : PolicyVerdict.Allowed;
}
