using System.Globalization;
using AltSendme.Abstractions;

namespace AltSendme.Core.Policy;

/// <summary>The policy in force: what all sources together say. Immutable.</summary>
public sealed class EffectivePolicy
{
    /// <summary>No policy: all is allowed.</summary>
    public static readonly EffectivePolicy None = new([], null);

    private readonly ILookup<PolicyKey, PolicyEntry> _byKey;

    private EffectivePolicy(IReadOnlyList<PolicyEntry> entries, PolicyException? fault)
    {
        Entries = entries;
        Fault = fault;
        _byKey = entries.ToLookup(static entry => entry.Key);
        Relays = new RelayRules
        {
            Sending = Choice<RelayRule>(PolicyKeys.RelaysMode),
            Receiving = Find(PolicyKeys.RelaysReceiveMode) is null ? Choice<RelayRule>(PolicyKeys.RelaysMode) : Choice<RelayRule>(PolicyKeys.RelaysReceiveMode),
            Allowed = [.. _byKey[PolicyKeys.RelaysAllowed].Select(static entry => entry.Value.Items.Select(static text => RelayPattern.TryParse(text, out var pattern) ? pattern : throw new InvalidOperationException($"'{text}' was checked.")).ToArray())],
            Forced = [.. (Find(PolicyKeys.RelaysForced)?.Value.Entries ?? []).Select(static entry => (new Uri(entry.Key), entry.Value))],
            RequireAuthentication = IsStrict(PolicyKeys.RelaysRequireAuthentication),
        };
        Direct = Choice<DirectRule>(PolicyKeys.ConnectionsDirect);
        Discovery = List(PolicyKeys.DiscoveryAllowed);
        Transports = List(PolicyKeys.TransportsAllowed);
        TicketTypes = List(PolicyKeys.TicketsAllowedTypes);
        MaxLifetime = Find(PolicyKeys.TicketsMaxLifetime) is { } lifetime ? TimeSpan.ParseExact(lifetime.Value.Scalar!, "c", CultureInfo.InvariantCulture) : null;
        Receive = new ReceiveRules
        {
            Folder = Find(PolicyKeys.ReceiveFolder) is { } folder && ReceiveRules.TryResolveFolder(folder.Value.Scalar!, out var path) ? path : null,
            MaxBytes = Number(PolicyKeys.ReceiveMaxBytes),
            ForbiddenExtensions = [.. _byKey[PolicyKeys.ReceiveForbiddenExtensions]],
        };
        SendBytesPerSecond = Number(PolicyKeys.LimitsSend);
        ReceiveBytesPerSecond = Number(PolicyKeys.LimitsReceive);
        Plugins = PluginRulesOf(entries);
    }

    /// <summary>Why the policy can't be used; then nothing is allowed. <see langword="null"/> when it can.</summary>
    public PolicyException? Fault { get; }

    /// <summary>Whether any source says anything.</summary>
    public bool IsEmpty => Entries.Count == 0 && Fault is null;

    /// <summary>Which plugins may be loaded.</summary>
    public PluginRules Plugins { get; }

    /// <summary>Whether a user may have transfers counted.</summary>
    public bool AllowsAnalytics => Fault is null && !IsStrict(PolicyKeys.AnalyticsAllowed);

    internal IReadOnlyList<PolicyEntry> Entries { get; }

    internal RelayRules Relays { get; }

    internal DirectRule Direct { get; }

    internal IdList Discovery { get; }

    internal IdList Transports { get; }

    internal IdList TicketTypes { get; }

    internal TimeSpan? MaxLifetime { get; }

    internal ReceiveRules Receive { get; }

    internal long? SendBytesPerSecond { get; }

    internal long? ReceiveBytesPerSecond { get; }

    /// <summary>A policy that can't be used: it allows nothing.</summary>
    public static EffectivePolicy Unusable(PolicyException fault)
    {
        ArgumentNullException.ThrowIfNull(fault);
        return new EffectivePolicy([], fault);
    }

    /// <summary>The policy of merged entries.</summary>
    internal static EffectivePolicy Of(IReadOnlyList<PolicyEntry> entries) => entries.Count == 0 ? None : new EffectivePolicy(entries, null);

    /// <summary>The entry of a key that has at most one.</summary>
    internal PolicyEntry? Find(PolicyKey key) => _byKey[key].FirstOrDefault();

    /// <summary>Whether both say the same from the same sources.</summary>
    internal bool SaysTheSame(EffectivePolicy other) => Fault?.Message == other.Fault?.Message && Entries.SequenceEqual(other.Entries);

    private bool IsStrict(PolicyKey key) => Find(key) is { } entry && entry.Value.Scalar == (key.StrictFlag ? "true" : "false");

    private long? Number(PolicyKey key) => Find(key) is { } entry ? long.Parse(entry.Value.Scalar!, CultureInfo.InvariantCulture) : null;

    private IdList List(PolicyKey key) => new([.. _byKey[key]]);

    private T Choice<T>(PolicyKey key)
        where T : struct, Enum => Find(key) is { } entry ? Enum.Parse<T>(entry.Value.Scalar!, ignoreCase: true) : default;

    private PluginRules PluginRulesOf(IReadOnlyList<PolicyEntry> entries)
    {
        var allowed = _byKey[PolicyKeys.PluginsAllowed].ToArray();
        var signers = _byKey[PolicyKeys.PluginsTrustedSigners].Select(static entry => entry.Value.Items.Select(static key => key.ToLowerInvariant())).ToArray();
        return new PluginRules
        {
            ForbidUserFolders = IsStrict(PolicyKeys.PluginsForbidUserFolders),
            RequireSignature = IsStrict(PolicyKeys.PluginsRequireSignature),
            AllowedPlugins = allowed.Length == 0 ? null : [.. allowed.Select(static entry => entry.Value.Entries.Select(static pair => new AllowedPlugin(pair.Key, pair.Value == "*" ? null : pair.Value)).ToArray())],
            TrustedSigners = signers.Length == 0 ? null : signers.Aggregate(static (all, next) => all.Intersect(next, StringComparer.Ordinal)).ToHashSet(StringComparer.Ordinal),
            Where = key => $"Plugins:{key} in {string.Join(" and ", entries.Where(entry => entry.Key.Path == $"Plugins:{key}").Select(static entry => entry.Source).Distinct())}",
        };
    }
}
