using System.Globalization;
using AltSendme.Core.Policy.Sources;
using AltSendme.Core.Settings.Schema;

namespace AltSendme.Core.Policy;

/// <summary>Puts what several sources say together. Restrictions only add up, so that no source weakens another.</summary>
internal static class PolicyMerge
{
    private const string Same = "same";

    /// <summary>The entries in force. Contradictions are added to <paramref name="faults"/>.</summary>
    public static IReadOnlyList<PolicyEntry> Merge(IReadOnlyList<PolicyPart> parts, List<string> faults)
    {
        var all = parts.SelectMany(WithReceiveMode).ToLookup(static entry => entry.Key);
        var merged = new List<PolicyEntry>();
        foreach (var key in PolicyKeys.All)
        {
            var entries = all[key].ToArray();
            if (entries.Length > 0)
                merged.AddRange(Merge(key, entries, faults));
        }

        if (faults.Count == 0)
            FindGaps(merged, faults);
        return merged;
    }

    // What a source says of relays holds for receiving too, unless the same source says otherwise: another source must not loosen it.
    private static IEnumerable<PolicyEntry> WithReceiveMode(PolicyPart part)
    {
        var mode = part.Values.FirstOrDefault(static value => value.Key == PolicyKeys.RelaysMode).Value;
        var receive = part.Values.FirstOrDefault(static value => value.Key == PolicyKeys.RelaysReceiveMode).Value;
        var effective = receive is null || receive.Scalar == Same ? mode : receive;
        foreach (var (key, value) in part.Values)
        {
            if (key != PolicyKeys.RelaysReceiveMode)
                yield return new PolicyEntry(key, value, part.Source);
        }

        if (effective is not null)
            yield return new PolicyEntry(PolicyKeys.RelaysReceiveMode, effective, part.Source);
    }

    private static PolicyEntry[] Merge(PolicyKey key, PolicyEntry[] entries, List<string> faults)
    {
        switch (key.Merge)
        {
            case MergeRule.Same:
                if (entries.FirstOrDefault(entry => !entry.Value.Equals(entries[0].Value)) is { } other)
                    faults.Add($"{entries[0].Source} and {other.Source} set {key.Path} to different values: '{entries[0].Value.Text(key.Schema)}' and '{other.Value.Text(key.Schema)}'");
                return [entries[0]];
            case MergeRule.Strictest:
                return [entries.MaxBy(entry => Strictness(key, entry.Value.Scalar!))!];
            case MergeRule.Smallest:
                return [entries.MinBy(entry => Size(key, entry.Value.Scalar!))!];
            default:
                return entries;
        }
    }

    private static int Strictness(PolicyKey key, string value) =>
        key.Schema.Type == SettingType.Flag ? value == (key.StrictFlag ? "true" : "false") ? 1 : 0 : key.Schema.Choices.ToList().IndexOf(value);

    private static decimal Size(PolicyKey key, string value) =>
        key.Schema.Type == SettingType.Duration ? TimeSpan.ParseExact(value, "c", CultureInfo.InvariantCulture).Ticks : long.Parse(value, CultureInfo.InvariantCulture);

    private static void FindGaps(List<PolicyEntry> entries, List<string> faults)
    {
        foreach (var entry in entries.Where(static entry => entry.Key == PolicyKeys.RelaysMode || entry.Key == PolicyKeys.RelaysReceiveMode))
        {
            if (entry.Value.Scalar == "forced" && !entries.Exists(static other => other.Key == PolicyKeys.RelaysForced && other.Value.Entries.Count > 0))
                Add($"{entry.Source}: {entry.Key.Path} is forced, and Relays:Forced names no relay");
            if (entry.Value.Scalar == "allowList" && !entries.Exists(static other => other.Key == PolicyKeys.RelaysAllowed))
                Add($"{entry.Source}: {entry.Key.Path} is allowList, and Relays:Allowed is missing");
        }

        if (entries.Find(static entry => entry.Key == PolicyKeys.PluginsRequireSignature && entry.Value.Scalar == "true") is { } signature && !entries.Exists(static entry => entry.Key == PolicyKeys.PluginsTrustedSigners))
            Add($"{signature.Source}: Plugins:RequireSignature is true, and Plugins:TrustedSigners is missing");

        // Both modes of one source have one gap.
        void Add(string fault)
        {
            if (!faults.Exists(known => known.Replace("ReceiveMode", "Mode", StringComparison.Ordinal) == fault.Replace("ReceiveMode", "Mode", StringComparison.Ordinal)))
                faults.Add(fault);
        }
    }
}
