using System.Net;
using AltSendme.Abstractions;
using AltSendme.Core.Paths;
using AltSendme.Core.Plugins;
using AltSendme.Core.Policy;
using AltSendme.Core.Settings;

namespace AltSendme.Core.Tests.Policy;

/// <summary>Every key of the policy does what it says, and says where it stands when it refuses. A key without a row here fails.</summary>
public sealed class KeyEnforcementTests
{
    private const string Signer = "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a";

    // Key, policy, and what a user, ticket, service or plugin tries: a verdict, which must be a refusal that names the key and its source.
    private static readonly Dictionary<string, (string Policy, Func<PolicyDecisionPoint, PolicyVerdict> Attempt)> Rows = new(StringComparer.Ordinal)
    {
        ["Relays:Mode"] = ("""{"Relays":{"Mode":"disabled"}}""", static policy => policy.JudgeRelay(new Uri("https://any.example/"), RelayUse.Sending, true)),
        ["Relays:ReceiveMode"] = ("""{"Relays":{"Mode":"any","ReceiveMode":"disabled"}}""", static policy => policy.JudgeRelay(new Uri("https://any.example/"), RelayUse.Receiving, true)),
        ["Relays:Allowed"] = ("""{"Relays":{"Mode":"allowList","Allowed":["https://*.example.com"]}}""", static policy => policy.JudgeRelay(new Uri("https://example.com.evil.example/"), RelayUse.Sending, true)),
        ["Relays:Forced"] = ("""{"Relays":{"Mode":"forced","Forced":{"https://ours.example/":""}}}""", static policy => policy.JudgeRelay(new Uri("https://other.example/"), RelayUse.Receiving, true)),
        ["Relays:RequireAuthentication"] = ("""{"Relays":{"RequireAuthentication":true}}""", static policy => policy.JudgeRelay(new Uri("https://any.example/"), RelayUse.Sending, false)),
        ["Connections:Direct"] = ("""{"Connections":{"Direct":"lanOnly"}}""", static policy => policy.JudgeAddress(EndpointAddress.FromIp(IPEndPoint.Parse("192.0.2.1:1")))),
        ["Discovery:Allowed"] = ("""{"Discovery":{"Allowed":["altsendme.mdns"]}}""", static policy => policy.JudgeDiscovery("evil.mdns")),
        ["Transports:Allowed"] = ("""{"Transports":{"Allowed":["altsendme.iroh"]}}""", static policy => policy.JudgeTransport("evil.iroh")),
        ["Plugins:ForbidUserFolders"] = ("""{"Plugins":{"ForbidUserFolders":true}}""", static policy => Plugin(policy, PluginOrigin.User)),
        ["Plugins:Allowed"] = ("""{"Plugins":{"Allowed":{"some.plugin":"0000000000000000000000000000000000000000000000000000000000000001"}}}""", static policy => Plugin(policy, PluginOrigin.Machine)),
        ["Plugins:TrustedSigners"] = ($$$"""{"Plugins":{"TrustedSigners":["{{{Signer}}}"]}}""", static policy => Plugin(policy, PluginOrigin.Machine)),
        ["Plugins:RequireSignature"] = ($$$"""{"Plugins":{"RequireSignature":true,"Allowed":{"some.plugin":"*"},"TrustedSigners":["{{{Signer}}}"]}}""", static policy => Plugin(policy, PluginOrigin.Machine)),
        ["Tickets:AllowedTypes"] = ("""{"Tickets":{"AllowedTypes":["relay"]}}""", static policy => policy.JudgeShare(TicketForm.Full, false)),
        ["Tickets:Broadcast"] = ("""{"Tickets":{"Broadcast":false}}""", static policy => policy.JudgeShare(TicketForm.Id, true)),
        ["Receive:Folder"] = ("""{"Receive":{"Folder":"/srv/incoming"}}""", static policy => policy.JudgeDestination("/srv/incoming/../other")),
        ["Receive:MaxBytes"] = ("""{"Receive":{"MaxBytes":1000}}""", static policy => policy.JudgeContent(["a"], 1001)),
        ["Receive:ForbiddenExtensions"] = ("""{"Receive":{"ForbiddenExtensions":[".exe"]}}""", static policy => policy.JudgeContent(["fine.txt", "folder/Setup.EXE. "], 1)),
    };

    // Keys that are not verdicts but bounds.
    private static readonly Dictionary<string, (string Policy, Func<EffectivePolicy, bool> Holds)> Bounds = new(StringComparer.Ordinal)
    {
        ["Tickets:MaxLifetime"] = ("""{"Tickets":{"MaxLifetime":"01:00:00"}}""", static policy => policy.MaxLifetime == TimeSpan.FromHours(1)),
        ["Limits:SendBytesPerSecond"] = ("""{"Limits":{"SendBytesPerSecond":1000}}""", static policy => RateLimit.Lower(5000, policy.SendBytesPerSecond) == 1000 && RateLimit.Lower(0, policy.SendBytesPerSecond) == 1000 && RateLimit.Lower(10, policy.SendBytesPerSecond) == 10),
        ["Limits:ReceiveBytesPerSecond"] = ("""{"Limits":{"ReceiveBytesPerSecond":1000}}""", static policy => RateLimit.Lower(5000, policy.ReceiveBytesPerSecond) == 1000),
        ["Analytics:Allowed"] = ("""{"Analytics":{"Allowed":false}}""", static policy => !policy.AllowsAnalytics),
    };

    public static TheoryData<string> Restrictions => [.. PolicyKeys.Restrictions.Select(static key => key.Path)];

    public static TheoryData<string> Locks => [.. PolicyKeys.Locks.Select(static key => key.Path)];

    [Theory]
    [MemberData(nameof(Restrictions))]
    public void A_key_restricts_and_is_named_with_its_source(string key)
    {
        if (Bounds.TryGetValue(key, out var bound))
        {
            var policy = PolicyBench.Of(bound.Policy);
            Assert.Null(policy.Fault);
            Assert.True(bound.Holds(policy));
            return;
        }

        Assert.True(Rows.TryGetValue(key, out var row), $"{key} has no row here that shows that it can't be got round.");
        var verdict = row.Attempt(PolicyBench.Decide(row.Policy));
        Assert.False(verdict.IsAllowed);
        Assert.Contains(key == "Relays:Forced" ? "Relays:Mode" : key, verdict.Message!.Replace("Relays:ReceiveMode", key == "Relays:Forced" ? "Relays:Mode" : "Relays:ReceiveMode", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Contains(PolicyBench.Source, verdict.Message!, StringComparison.Ordinal);
        Assert.Contains("ask your administrator", verdict.Message!, StringComparison.Ordinal);
        Assert.True(row.Attempt(PolicyBench.Decide("{}")).IsAllowed);
    }

    [Theory]
    [MemberData(nameof(Locks))]
    public void A_locked_setting_holds_against_files_environment_and_command_line(string path)
    {
        var key = PolicyKeys.Locks.Single(key => key.Path == path);
        var (locked, other) = LockSamples.Of(key.Locks!);
        var policy = PolicyBench.Of($$$$"""{"Settings":{"{{{{key.Locks!.Parts[0]}}}}":{"{{{{key.Locks.Parts[1]}}}}":{{{{SettingsEditor.ToJson(key.Locks, locked)}}}} }}}""");
        Assert.Null(policy.Fault);

        var loaded = LoadedSettings.Of(["machine", "user", "environment"], key.Locks, other, policy);
        var effective = loaded.All.Single(setting => setting.Key == key.Locks);

        Assert.True(effective.IsLocked);
        Assert.Equal(locked, effective.Value);
        Assert.Equal(PolicyBench.Source, effective.Source);
        var verdict = new PolicyDecisionPoint(policy).JudgeSetting(key.Locks, other);
        Assert.Equal(PolicyCodes.SettingLocked, verdict.Code);
        Assert.Contains(path, verdict.Message!, StringComparison.Ordinal);
    }

    private static PolicyVerdict Plugin(PolicyDecisionPoint policy, PluginOrigin origin)
    {
        var verdict = policy.JudgePlugin(new PluginFacts("some.plugin", origin, new byte[32], default));
        return verdict.IsAllowed ? PolicyVerdict.Allowed : PolicyVerdict.Denied(PolicyCodes.Plugin, verdict.Reason!);
    }
}
