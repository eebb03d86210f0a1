using AltSendme.Abstractions;
using AltSendme.Core.Discovery;
using AltSendme.Core.Settings;

namespace AltSendme.Core.Policy;

/// <summary>
/// Decides what policy allows (the term is that of RFC 2753): the one place that every path asks, for what settings and the command line want as well as for what a received ticket, a discovery service or a plugin
/// brings. It always decides by the policy of the moment. May be used from any thread.
/// </summary>
public sealed class PolicyDecisionPoint
{
    private volatile EffectivePolicy _policy;
    private volatile TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Begins with a policy.</summary>
    public PolicyDecisionPoint(EffectivePolicy policy)
    {
        ArgumentNullException.ThrowIfNull(policy);
        _policy = policy;
    }

    /// <summary>The policy in force now.</summary>
    public EffectivePolicy Policy => _policy;

    /// <summary>Whether every address may be used, so that asking for each can be left out.</summary>
    public bool AllowsEveryAddress => _policy is { Fault: null, Direct: DirectRule.Allowed };

    /// <summary>The folder that files are received into where the user names none; <see langword="null"/> where policy names none either.</summary>
    public string? ReceiveFolder => _policy.Receive.Folder;

    /// <summary>Completes at the next change of policy.</summary>
    internal Task Changed => _changed.Task;

    /// <summary>Puts another policy in force.</summary>
    internal void Replace(EffectivePolicy policy)
    {
        _policy = policy;
        Interlocked.Exchange(ref _changed, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).TrySetResult();
    }

    /// <summary>Whether anything may be transferred at all: not while the policy can't be used.</summary>
    public PolicyVerdict JudgeTransfers() => _policy.Fault is { } fault ? PolicyVerdict.Denied(fault.Code, fault.Message) : PolicyVerdict.Allowed;

    /// <summary>Whether an address of a peer may be used, whoever named it and whichever side begins. Addresses of plugins' own schemes are a matter of which transports are allowed.</summary>
    public PolicyVerdict JudgeAddress(EndpointAddress address)
    {
        var policy = _policy;
        if (policy.Fault is not null)
            return JudgeTransfers();
        if (policy.Direct == DirectRule.Allowed || !address.TryGetIp(out var endPoint) || (policy.Direct == DirectRule.LanOnly && LocalNetwork.Contains(endPoint.Address)))
            return PolicyVerdict.Allowed;
        return policy.Direct == DirectRule.LanOnly
            ? Denied(policy, PolicyCodes.Direct, PolicyKeys.ConnectionsDirect, $"A direct connection with {address.Text} is not allowed, because that is not an address of the local network.")
            : Denied(policy, PolicyCodes.Direct, PolicyKeys.ConnectionsDirect, $"A direct connection with {address.Text} is not allowed: peers are reached by relay only.");
    }

    /// <summary>Whether a relay may be used.</summary>
    /// <param name="relay">The relay, whoever named it.</param>
    /// <param name="use">What for.</param>
    /// <param name="hasToken">Whether there is a token for it.</param>
    public PolicyVerdict JudgeRelay(Uri relay, RelayUse use, bool hasToken)
    {
        ArgumentNullException.ThrowIfNull(relay);
        var policy = _policy;
        if (policy.Fault is not null)
            return JudgeTransfers();
        var rules = policy.Relays;
        var rule = rules.For(use);
        var key = use == RelayUse.Receiving && policy.Find(PolicyKeys.RelaysReceiveMode) is not null ? PolicyKeys.RelaysReceiveMode : PolicyKeys.RelaysMode;
        if (rule == RelayRule.Disabled)
            return Denied(policy, PolicyCodes.Relay, key, $"The relay {relay.Host} was not contacted: relays are not allowed.");
        if (rule == RelayRule.Forced && !rules.Forced.Any(forced => Core.Relays.RelayList.IsSame(forced.Url, relay)))
            return Denied(policy, PolicyCodes.Relay, key, $"The relay {relay.Host} was not contacted: only {string.Join(", ", rules.Forced.Select(static forced => forced.Url.Host))} may be used.");
        if (rule is RelayRule.AllowList or RelayRule.Forced && rules.Allowed.FirstOrDefault(list => !list.Any(pattern => pattern.Matches(relay))) is { } lacking)
            return Denied(policy, PolicyCodes.Relay, PolicyKeys.RelaysAllowed, $"The relay {relay.Host} was not contacted: allowed are {(lacking.Count > 0 ? string.Join(", ", lacking) : "none")}.");
        if (rule == RelayRule.AllowList && rules.Allowed.Count == 0)
            return Denied(policy, PolicyCodes.Relay, key, $"The relay {relay.Host} was not contacted: the list of allowed relays is missing.");
        return rules.RequireAuthentication && !hasToken
            ? Denied(policy, PolicyCodes.Relay, PolicyKeys.RelaysRequireAuthentication, $"The relay {relay.Host} was not contacted: there is no token for it, and only relays with one may be used.")
            : PolicyVerdict.Allowed;
    }

    /// <summary>Whether a transport plugin may be used.</summary>
    public PolicyVerdict JudgeTransport(string pluginId) => JudgeId(pluginId, static policy => policy.Transports, PolicyCodes.Transport, "transport");

    /// <summary>Whether a discovery plugin may be used, to find peers or to be found.</summary>
    public PolicyVerdict JudgeDiscovery(string pluginId) => JudgeId(pluginId, static policy => policy.Discovery, PolicyCodes.Discovery, "discovery service");

    /// <summary>Whether a plugin may be loaded; to be asked before any of its code runs.</summary>
    public PluginVerdict JudgePlugin(PluginFacts facts) => _policy.Fault is { } fault ? new PluginVerdict(false, fault.Message) : _policy.Plugins.Judge(facts);

    /// <summary>Whether a ticket may say what it says of the way here, and a share may be for several receivers.</summary>
    public PolicyVerdict JudgeShare(TicketForm form, bool isBroadcast)
    {
        var policy = _policy;
        if (policy.Fault is not null)
            return JudgeTransfers();
        if (isBroadcast && policy.Find(PolicyKeys.TicketsBroadcast)?.Value.Scalar == "false")
            return Denied(policy, PolicyCodes.Ticket, PolicyKeys.TicketsBroadcast, "Sharing with several receivers (--broadcast) is not allowed.");
        return form != TicketForm.Auto && policy.TicketTypes.Lacking(form.ToString().ToLowerInvariant()) is { } lacking
            ? Denied(lacking, PolicyCodes.Ticket, $"A ticket of the type {form.ToString().ToLowerInvariant()} is not allowed; allowed are {Words(policy.TicketTypes.Items!)}.")
            : PolicyVerdict.Allowed;
    }

    /// <summary>Whether files may be received into a folder; <see langword="null"/> for a stream, such as standard output.</summary>
    public PolicyVerdict JudgeDestination(string? folder)
    {
        var policy = _policy;
        if (policy.Fault is not null)
            return JudgeTransfers();
        if (policy.Receive.Folder is not { } allowed || (folder is not null && ReceiveRules.IsInside(folder, allowed)))
            return PolicyVerdict.Allowed;
        return Denied(policy, PolicyCodes.Receive, PolicyKeys.ReceiveFolder, $"Files may be received into {allowed} and below it only, not {(folder is null ? "to standard output" : $"into {folder}")}.");
    }

    /// <summary>Whether what a share holds may be received.</summary>
    /// <param name="names">Names of its files, as they will be here.</param>
    /// <param name="bytes">Their size together.</param>
    public PolicyVerdict JudgeContent(IEnumerable<string> names, long bytes)
    {
        ArgumentNullException.ThrowIfNull(names);
        var policy = _policy;
        if (policy.Fault is not null)
            return JudgeTransfers();
        if (policy.Receive.MaxBytes is { } most && bytes > most)
            return Denied(policy, PolicyCodes.Receive, PolicyKeys.ReceiveMaxBytes, $"The share has {bytes:N0} bytes; {most:N0} may be received at most.");
        if (policy.Receive.ForbiddenExtensions.Count == 0)
            return PolicyVerdict.Allowed;
        foreach (var name in names)
        {
            foreach (var list in policy.Receive.ForbiddenExtensions)
            {
                if (list.Value.Items.FirstOrDefault(extension => EndsWith(name, extension)) is { } extension)
                    return Denied(list, PolicyCodes.Receive, $"{name} was not received: files with the extension {extension} are not allowed.");
            }
        }

        return PolicyVerdict.Allowed;
    }

    /// <summary>Whether a setting may have a value other than the one it is locked to.</summary>
    internal PolicyVerdict JudgeSetting(Settings.Schema.SettingKey key, Settings.Schema.SettingValue value)
    {
        var policy = _policy;
        if (policy.Fault is not null)
            return JudgeTransfers();
        return policy.Entries.FirstOrDefault(entry => entry.Key.Locks == key) is { } locked && !locked.Value.Equals(value)
            ? Denied(locked, PolicyCodes.SettingLocked, $"{key.Path} can't be {Shown(value.Text(key))}: it is locked to {Shown(locked.Value.Text(key))}.")
            : PolicyVerdict.Allowed;
    }

    private PolicyVerdict JudgeId(string id, Func<EffectivePolicy, IdList> list, string code, string kind)
    {
        ArgumentNullException.ThrowIfNull(id);
        var policy = _policy;
        if (policy.Fault is not null)
            return JudgeTransfers();
        var ids = list(policy);
        return ids.Lacking(id) is { } lacking
            ? Denied(lacking, code, $"The {kind} {id} is not allowed; allowed are {Words(ids.Items!)}.")
            : PolicyVerdict.Allowed;
    }

    // Windows drops dots and spaces at the end of a name, so that they must not hide an extension.
    private static bool EndsWith(string name, string extension) => name.AsSpan().TrimEnd(". ").EndsWith(extension, StringComparison.OrdinalIgnoreCase);

    private static string Shown(string text) => text.Length == 0 ? "empty" : text;

    private static string Words(IReadOnlyList<string> words) => words.Count == 0 ? "none" : string.Join(", ", words);

    private static PolicyVerdict Denied(EffectivePolicy policy, string code, PolicyKey key, string sentence) =>
        policy.Find(key) is { } entry ? Denied(entry, code, sentence) : PolicyVerdict.Denied(code, $"{sentence} Policy says so; ask your administrator.");

    private static PolicyVerdict Denied(PolicyEntry entry, string code, string sentence) =>
        PolicyVerdict.Denied(code, $"{sentence} That is policy ({entry.Key.Path} in {entry.Source}); ask your administrator.");
}
