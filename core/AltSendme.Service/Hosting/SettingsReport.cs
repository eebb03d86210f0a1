using AltSendme.Core;
using AltSendme.Core.Policy;
using AltSendme.Core.Settings.Schema;
using AltSendme.Service.Client.Contract;

namespace AltSendme.Service.Hosting;

/// <summary>The settings and the policy in force, with who set each. Values that are secrets are left out.</summary>
internal static class SettingsReport
{
    public static IReadOnlyList<SettingView> Settings(CoreServices core)
    {
        var loaded = core.Loaded;
        return
        [
            .. loaded.All.Select(setting => new SettingView(setting.Key.Path, setting.Value.Text(setting.Key), setting.Source, setting.IsLocked, setting.IsLocked ? $"Locked by {setting.Source}." : null)),
            .. loaded.Free.Select(static pair => new SettingView(pair.Key, SettingKeys.IsSecret(pair.Key) ? null : pair.Value.Text, pair.Value.Source, IsLocked: false, Reason: null)),
        ];
    }

    public static PolicyView Policy(PolicyDecisionPoint policy)
    {
        var now = policy.Policy;
        return new PolicyView([.. now.Entries.Select(static entry => new PolicyRuleView(entry.Key.Path, entry.Value.Text(entry.Key.Schema), entry.Source))], now.Fault?.Message);
    }
}
