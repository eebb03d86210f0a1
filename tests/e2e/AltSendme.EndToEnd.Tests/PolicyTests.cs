using System.Runtime.Versioning;
using AltSendme.TestKit;

namespace AltSendme.EndToEnd.Tests;

/// <summary>The real program on a machine with a policy: each run has a mount namespace of its own with another <c>/etc/altsendme</c>, which no setting, variable or option could give it.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class PolicyTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly MachinePolicy _policy;

    public PolicyTests() => _policy = new MachinePolicy(_folder.Path);

    private string Home => _folder.Path;

    public void Dispose() => _folder.Dispose();

    [NamespaceFact]
    public async Task Without_a_policy_all_works_and_with_a_malformed_one_nothing_is_transferred()
    {
        _folder.Write("a.txt", "a");
        Policy("""{"Relays":{"Moed":"any"}}""");

        var send = await RunAsync("send", "a.txt");
        var show = await RunAsync("policy", "show");

        Assert.Equal(4, send.ExitCode);
        Assert.Contains("/etc/altsendme/policy.json, line 1, column 19: there is no key Relays:Moed; did you mean Relays:Mode?", send.Error, StringComparison.Ordinal);
        Assert.Equal(4, (await RunAsync("receive", await TicketAsync(), "--yes")).ExitCode);
        Assert.Equal(4, show.ExitCode);
        Assert.Contains("Listen:Port", show.Output, StringComparison.Ordinal);
        Assert.Equal(0, (await RunAsync("version")).ExitCode);
        Assert.Equal(4, (await RunAsync("policy", "check", "/etc/altsendme/policy.json")).ExitCode);
    }

    [NamespaceFact]
    public async Task Show_names_the_policy_as_the_source_and_config_set_refuses_what_is_locked()
    {
        Policy("""{"Settings":{"Listen":{"Port":4455}},"Receive":{"MaxBytes":5}}""");

        var show = await RunAsync("policy", "show");
        var set = await RunAsync("config", "set", "listen:port", "17");

        Assert.Contains("setting Listen:Port = 4455  (locked by policy: /etc/altsendme/policy.json)", show.Output, StringComparison.Ordinal);
        Assert.Contains("policy  Receive:MaxBytes = 5  (/etc/altsendme/policy.json)", show.Output, StringComparison.Ordinal);
        Assert.Contains("policy  Relays:Mode = any  (built-in)", show.Output, StringComparison.Ordinal);
        Assert.Equal(4, set.ExitCode);
        Assert.Contains("locked to 4455", set.Error, StringComparison.Ordinal);
        Assert.Equal("4455", (await RunAsync("config", "get", "Listen:Port")).Output);
    }

    [NamespaceTheory]
    [InlineData("""{"Relays":{"Mode":"disabled"}}""", "Relays:Mode", "send", "a.txt", "--ticket-type", "relay", "--relay", "http://127.0.0.1:1/")]
    [InlineData("""{"Relays":{"Mode":"allowList","Allowed":["https://ours.example"]}}""", "Relays:Allowed", "send", "a.txt", "--relay", "http://127.0.0.1:1/")]
    [InlineData("""{"Tickets":{"AllowedTypes":["relay"]}}""", "Tickets:AllowedTypes", "send", "a.txt", "--ticket-type", "full")]
    [InlineData("""{"Tickets":{"Broadcast":false}}""", "Tickets:Broadcast", "send", "a.txt", "--broadcast")]
    [InlineData("""{"Settings":{"Send":{"TicketType":"addresses"}}}""", "Settings:Send:TicketType", "send", "a.txt", "--ticket-type", "full")]
    [InlineData("""{"Transports":{"Allowed":["none.such"]}}""", "Transports:Allowed", "send", "a.txt")]
    [InlineData("""{"Relays":{"Mode":"disabled"}}""", "Relays:Mode", "relay", "test", "http://127.0.0.1:1/")]
    public async Task What_policy_forbids_is_refused_whatever_the_command_line_says(string policy, string key, params string[] arguments)
    {
        _folder.Write("a.txt", "a");
        Policy(policy);

        var (exitCode, output, error) = await RunAsync(arguments);

        // Without relays a ticket with one can't be made; everything else is refused by name.
        Assert.True(exitCode is 4 || (arguments.Contains("relay") && exitCode == 8), $"{exitCode}: {output} {error}");
        if (exitCode == 4)
            Assert.Contains($"{key} in /etc/altsendme/policy.json", error, StringComparison.Ordinal);
    }

    [NamespaceTheory]
    [InlineData("""{"Connections":{"Direct":"denied"}}""", "Connections:Direct", "in")]
    [InlineData("""{"Receive":{"MaxBytes":3}}""", "Receive:MaxBytes", "in")]
    [InlineData("""{"Receive":{"ForbiddenExtensions":[".TXT"]}}""", "Receive:ForbiddenExtensions", "in")]
    [InlineData("""{"Receive":{"Folder":"/srv/incoming"}}""", "Receive:Folder", "in")]
    [InlineData("""{"Receive":{"Folder":"/srv/incoming"}}""", "Receive:Folder", "-")]
    [InlineData("""{"Receive":{"Folder":"~/in"}}""", "Receive:Folder", "in")]   // HOME is not where it leads
    [InlineData("""{"Settings":{"Receive":{"Conflict":"rename"}}}""", "Settings:Receive:Conflict", "in", "--overwrite")]
    public async Task A_received_ticket_can_not_ask_for_more_than_is_allowed(string policy, string key, string output, params string[] more)
    {
        _folder.Write("a.txt", "four");
        await using var sender = ProgramRun.Start(Home, "send", "a.txt");
        var ticket = await sender.LineAsync();
        Policy(policy);

        var (exitCode, _, error) = await RunAsync(["receive", ticket, "-o", output, "--yes", .. more]);

        Assert.True(exitCode == 4, $"{exitCode}: {error}");
        Assert.Contains($"{key} in /etc/altsendme/policy.json", error, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(Home, "in", "a.txt")));
    }

    [NamespaceFact]
    public async Task A_share_that_is_no_longer_allowed_ends_within_seconds_and_says_why()
    {
        _folder.Write("a.txt", "a");
        Policy("{}");
        await using var sender = Start("send", "a.txt", "--broadcast");
        await sender.LineAsync();

        Policy("""{"Tickets":{"Broadcast":false}}""");

        Assert.Equal(4, await sender.EndAsync());
        Assert.Contains("Tickets:Broadcast in /etc/altsendme/policy.json", sender.Error, StringComparison.Ordinal);
    }

    [NamespaceFact]
    public async Task A_share_ends_when_its_time_is_over_and_its_ticket_says_when()
    {
        _folder.Write("a.txt", "a");
        Policy("""{"Tickets":{"MaxLifetime":"00:00:02"}}""");
        await using var sender = ProgramRun.Start(Home, [("ALTSENDME_Send__Lifetime", "01:00:00")], ["send", "a.txt"], _policy.Launcher);
        var inspected = await ProgramRun.RunAsync(Home, "ticket", "inspect", await sender.LineAsync());

        Assert.Contains("expires", inspected.Output, StringComparison.Ordinal);
        Assert.Equal(3, await sender.EndAsync());
    }

    [NamespaceFact]
    public async Task A_policy_that_the_user_may_not_read_or_that_others_may_write_is_no_way_round_it()
    {
        _folder.Write("a.txt", "a");
        Policy("{}");
        File.SetUnixFileMode(_policy.File, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.OtherWrite);
        Assert.Contains("can't be trusted", (await RunAsync("send", "a.txt")).Error, StringComparison.Ordinal);

        File.SetUnixFileMode(_policy.File, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        await using var run = ProgramRun.Start(Home, [], ["policy", "show"], [.. _policy.Launcher, "setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"]);
        Assert.Equal(4, await run.EndAsync());
        Assert.Contains("/etc/altsendme/policy.json can't be read", run.Error, StringComparison.Ordinal);
    }

    private async Task<string> TicketAsync()
    {
        _folder.Write("b.txt", "b");
        await using var sender = ProgramRun.Start(Home, "send", "b.txt");
        return await sender.LineAsync();
    }

    private void Policy(string json) => _policy.Write(json);

    private ProgramRun Start(params string[] arguments) => ProgramRun.Start(Home, [], arguments, _policy.Launcher);

    private async Task<(int ExitCode, string Output, string Error)> RunAsync(params string[] arguments)
    {
        await using var run = Start(arguments);
        run.Input.Close();
        var exitCode = await run.EndAsync();
        return (exitCode, string.Join('\n', await run.RestAsync()), run.Error);
    }
}
