using System.Collections;
using AltSendme.Core.Policy;
using AltSendme.Core.Settings;
using AltSendme.Core.Settings.Schema;
using AltSendme.Service.Client.Contract;

namespace AltSendme.Service.Hosting;

/// <summary>The settings that somebody set, usable or not, with where each comes from, and those that policy locks. Values that are secrets are left out.</summary>
internal static class SettingsReport
{
    public static IReadOnlyList<SettingView> Read(SettingsFiles files, PolicyDecisionPoint policy)
    {
        var views = new SortedDictionary<string, SettingView>(StringComparer.OrdinalIgnoreCase);
        foreach (var (path, text) in SettingsFile.Raw(files.Machine))
            views[path] = View(path, text, "machine");
        foreach (var (path, text) in SettingsFile.Raw(files.User))
            views[path] = View(path, text, "user");
        foreach (DictionaryEntry variable in Environment.GetEnvironmentVariables())
        {
            var path = ((string)variable.Key).Replace("__", ":", StringComparison.Ordinal);
            if (path.StartsWith(EnvironmentLayer.Prefix, StringComparison.OrdinalIgnoreCase) && path.Contains(':', StringComparison.Ordinal))
                views[path[EnvironmentLayer.Prefix.Length..]] = View(path[EnvironmentLayer.Prefix.Length..], (string?)variable.Value ?? "", "environment");
        }

        foreach (var entry in policy.Policy.Entries)
        {
            if (entry.Key.Locks is { } key)
                views[key.Path] = new SettingView(key.Path, entry.Value.Text(key), "policy", IsLocked: true, $"{entry.Key.Path} in {entry.Source}");
        }

        return [.. views.Values];
    }

    private static SettingView View(string path, string text, string source) => new(path, SettingKeys.IsSecret(path) ? null : text, source, IsLocked: false, Reason: null);
}
