using System.Runtime.Versioning;
using AltSendme.Core.Policy;
using AltSendme.Core.Policy.Sources;
using AltSendme.Core.Settings;
using AltSendme.Core.Tests.Identity;
using AltSendme.TestKit;

namespace AltSendme.Core.Tests.Policy;

/// <summary>Files that only the administrator can have written, and the registry as group policy writes it.</summary>
public sealed class PolicySourceTests : IDisposable
{
    private const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Nothing_there_is_no_policy() => Assert.True(Load().IsEmpty);

    [UnixFact]
    public void Files_are_read_in_the_order_of_their_names()
    {
        Write("policy.d/20.json", """{"Receive":{"MaxBytes":5}}""");
        Write("policy.d/10.json", """{"Receive":{"MaxBytes":7}}""");
        Write("policy.d/.hidden.json", "{");
        Write("policy.json", """{"Receive":{"MaxBytes":9}}""");

        var policy = Load();

        Assert.Null(policy.Fault);
        Assert.Equal(5, policy.Receive.MaxBytes);
        Assert.EndsWith("20.json", policy.Entries.Single().Source, StringComparison.Ordinal);
    }

    [UnixFact]
    [UnsupportedOSPlatform("windows")]
    public void A_file_or_folder_that_others_may_write_to_is_refused()
    {
        var file = Write("policy.json", "{}");
        File.SetUnixFileMode(file, Private | UnixFileMode.GroupWrite);
        Assert.Contains("others than root may write to", Load().Fault!.Message, StringComparison.Ordinal);

        File.SetUnixFileMode(file, Private);
        Assert.Null(Load().Fault);
        File.SetUnixFileMode(_folder.Path, Private | UnixFileMode.UserExecute | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute);
        Assert.Contains("others than root may write to", Load().Fault!.Message, StringComparison.Ordinal);
        File.SetUnixFileMode(_folder.Path, Private | UnixFileMode.UserExecute);
    }

    [UnixFact]
    public void A_folder_in_the_place_of_the_file_is_refused()
    {
        Directory.CreateDirectory(Path.Combine(_folder.Path, "policy.json"));

        Assert.Contains("is not a regular file", Load().Fault!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_registry_says_what_group_policy_wrote()
    {
        var root = new FakeKey
        {
            ["Tickets"] = new FakeKey { ["Broadcast"] = 0, ["AllowedTypes"] = new FakeKey { ["1"] = "relay", ["2"] = "id" } },
            ["Receive"] = new FakeKey { ["MaxBytes"] = 10_000_000_000L },
            ["Relays"] = new FakeKey { ["Mode"] = "forced", ["Forced"] = new FakeKey { ["https://relay.example/"] = "env:TOKEN" } },
        };

        var policy = PolicyLoader.Load([new RegistryPolicy(path => path == @"Software\Policies\AltSendme" ? root : null)]);

        Assert.Null(policy.Fault);
        Assert.Equal(["relay", "id"], policy.TicketTypes.Items);
        Assert.Equal(10_000_000_000L, policy.Receive.MaxBytes);
        Assert.Equal("env:TOKEN", Assert.Single(policy.Relays.Forced).Token);
        Assert.False(new PolicyDecisionPoint(policy).JudgeShare(TicketForm.Id, isBroadcast: true).IsAllowed);
    }

    [Fact]
    public void A_value_of_the_wrong_kind_in_the_registry_is_named()
    {
        var root = new FakeKey { ["Receive"] = new FakeKey { ["MaxBytes"] = new byte[3] } };

        Assert.Contains(@"HKLM\Software\Policies\AltSendme: Receive:MaxBytes must be", PolicyLoader.Load([new RegistryPolicy(_ => root)]).Fault!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_change_is_in_force_at_the_next_look_and_ends_what_it_forbids()
    {
        var time = new VirtualTime();
        var source = new PolicyBench.Documents((PolicyBench.Source, "{}"));
        var policy = new PolicyDecisionPoint(PolicyLoader.Load([source]));
        await using var watch = new PolicyWatch(policy, [source], time);
        var running = PolicyGuard.RunAsync(policy, () => policy.JudgeShare(TicketForm.Id, isBroadcast: true), static async token => { await Task.Delay(Timeout.Infinite, token); return 0; }, CancellationToken.None);
        var changed = policy.Changed;

        source.Now = [(PolicyBench.Source, """{"Tickets":{"Broadcast":false}}""")];
        time.Advance(PolicyWatch.Interval);
        await changed.WaitAsync(TimeSpan.FromSeconds(30));

        var exception = await Assert.ThrowsAsync<Abstractions.PolicyException>(() => running);
        Assert.Contains("Tickets:Broadcast", exception.Message, StringComparison.Ordinal);
    }

    private EffectivePolicy Load() => PolicyLoader.Load([new PolicyFolder(_folder.Path, new FileTrust(Owner()))]);

    // Whoever runs the tests stands in for root.
    private static uint Owner() => OperatingSystem.IsWindows() ? 0 : geteuid();

    [System.Runtime.InteropServices.DllImport("libc")]
    private static extern uint geteuid();

    private string Write(string name, string content)
    {
        _folder.Write(name, content);
        var path = Path.Combine(_folder.Path, name);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(path, Private);
        return path;
    }

    private sealed class FakeKey : Dictionary<string, object>, IRegistryKey
    {
        public IReadOnlyList<string> SubKeys => [.. this.Where(static pair => pair.Value is FakeKey).Select(static pair => pair.Key)];

        IReadOnlyList<KeyValuePair<string, object?>> IRegistryKey.Values => [.. this.Where(static pair => pair.Value is not FakeKey).Select(static pair => KeyValuePair.Create(pair.Key, (object?)pair.Value))];

        public IRegistryKey? Open(string name) => TryGetValue(name, out var value) ? value as FakeKey : null;

        public void Dispose()
        {
        }
    }
}
