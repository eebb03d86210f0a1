using System.Diagnostics;
using AltSendme.Abstractions;
using AltSendme.Core.Tickets;
using AltSendme.EndToEnd.Tests;
using AltSendme.Interop.Tests.Peers;
using static AltSendme.Interop.Tests.Transfers.Content;

namespace AltSendme.Interop.Tests.Transfers;

/// <summary>What an administrator's policy says about the network holds for real transfers between two programs, whatever the other side, a ticket or the user says.</summary>
[Collection("transfers")]
[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
public sealed class PolicyTransferTests : IAsyncLifetime
{
    private const string Relay = "http://127.0.0.1:3340/";
    private const string Token = "a-token-of-thirty-two-characters";
    private const string FarAway = "203.0.113.7";   // RFC 5737: an address of nobody, which is not of a local network
    private const string Nearby = "10.77.0.7";
    private const int Refused = 4;
    private const int Unreachable = 5;

    private static readonly (string, string)[] Everywhere = [("ALTSENDME_Listen__Addresses__0", "127.0.0.1"), ("ALTSENDME_Listen__Addresses__1", FarAway), ("ALTSENDME_Listen__Addresses__2", Nearby)];

    private Scene _scene = null!;
    private MachinePolicy _policy = null!;

    public async Task InitializeAsync()
    {
        _scene = await Scene.OpenAsync();
        await _scene.ShellAsync($"ip address add {FarAway}/32 dev lo; ip address add {Nearby}/32 dev lo");
        _policy = new MachinePolicy(Path.GetDirectoryName(_scene.At("file.bin"))!);
        WriteFile(_scene.At("file.bin"), 2 * Megabyte);
    }

    public async Task DisposeAsync() => await _scene.DisposeAsync();

    [PeerTheory]
    [InlineData("altsendme.iroh")]
    [InlineData("altsendme.tls")]
    public async Task Where_only_the_local_network_is_allowed_a_ticket_from_elsewhere_is_refused_and_one_from_it_is_not(string transport)
    {
        await using var sender = _scene.Start(Everywhere, "send", "file.bin", "--ticket-type", "addresses", "--json");
        var ticket = BlobTicket.Parse(await sender.TicketAsync());
        _policy.Write($$$"""{"Connections":{"Direct":"lanOnly"},"Transports":{"Allowed":["{{{transport}}}"]}}""");

        await using var far = _scene.Start(_policy, [], "receive", $"{At(ticket, FarAway)}", "-o", "in", "--yes");
        Assert.True(await far.EndAsync() == Refused, far.Error);
        Assert.Contains("Connections:Direct in /etc/altsendme/policy.json", far.Error, StringComparison.Ordinal);

        await using var near = _scene.Start(_policy, [], "receive", $"{At(ticket, Nearby)}", "-o", "in", "--yes");
        Assert.True(await near.EndAsync() == 0, near.Error);
        AssertSameFile(_scene.At("file.bin"), _scene.At("in", "file.bin"));
    }

    [PeerTheory]
    [InlineData("altsendme.iroh")]
    [InlineData("altsendme.tls")]
    public async Task Who_comes_from_elsewhere_is_not_let_in_where_only_the_local_network_is_allowed(string transport)
    {
        _policy.Write($$$"""{"Connections":{"Direct":"lanOnly"},"Transports":{"Allowed":["{{{transport}}}"]}}""");
        await using var sender = _scene.Start(_policy, Everywhere, "send", "file.bin", "--ticket-type", "addresses", "--json");
        var ticket = BlobTicket.Parse(await sender.TicketAsync());
        Assert.DoesNotContain(ticket.Addresses, static address => $"{address}".Contains(FarAway, StringComparison.Ordinal));

        // Over loopback, whoever dials an address has it.
        var far = await _scene.RunAsync("receive", $"{At(ticket, FarAway)}", "-o", "in", "--yes");
        Assert.True(far.ExitCode == Unreachable, far.Error);

        var near = await _scene.RunAsync("receive", $"{At(ticket, Nearby)}", "-o", "in", "--yes");
        Assert.True(near.ExitCode == 0, near.Error);
        AssertSameFile(_scene.At("file.bin"), _scene.At("in", "file.bin"));
    }

    [PeerFact]
    public async Task A_forced_relay_is_used_with_its_token_whatever_the_user_says()
    {
        await using var relay = await _scene.RelayAsync("127.0.0.1:3340", "--Access:Mode", "tokens", "--Access:Tokens:0", Token);
        File.WriteAllText(_scene.At("relay.token"), Token);
        _policy.Write($$$"""{"Relays":{"Mode":"forced","Forced":{"{{{Relay}}}":"file:{{{_scene.At("relay.token")}}}"}},"Connections":{"Direct":"denied"}}""");

        // The runs of these tests switch relays off in the environment.
        await using var sender = _scene.Start(_policy, [], "send", "file.bin", "--json");
        var ticket = await sender.TicketAsync();
        Assert.Equal(Relay, $"{BlobTicket.Parse(ticket).RelayUrl}");
        Assert.Empty(BlobTicket.Parse(ticket).Addresses);
        await using var receiver = _scene.Start(_policy, [], "receive", ticket, "-o", "in", "--yes", "--json");

        Assert.True(await receiver.EndAsync() == 0, receiver.Error);
        Assert.All(ProgramEvents.Parse(await receiver.RestAsync()).Of("connected"), static connected => Assert.Equal("relayed", connected.GetProperty("path").GetString()));
        AssertSameFile(_scene.At("file.bin"), _scene.At("in", "file.bin"));
    }

    [PeerFact]
    public async Task A_forced_relay_whose_token_is_gone_is_named_with_the_file()
    {
        _policy.Write($$$"""{"Relays":{"Mode":"forced","Forced":{"{{{Relay}}}":"file:{{{_scene.At("relay.token")}}}"} } }""");

        await using var sender = _scene.Start(_policy, [], "send", "file.bin", "--ticket-type", "relay");

        Assert.True(await sender.EndAsync() == Refused, sender.Error);
        Assert.Contains(_scene.At("relay.token"), sender.Error, StringComparison.Ordinal);
    }

    [PeerTheory]
    [InlineData("Send")]
    [InlineData("Receive")]
    public async Task Rates_of_the_policy_hold_against_higher_ones_of_the_user(string side)
    {
        const long Rate = Megabyte / 2;
        _policy.Write($$$"""{"Limits":{"{{{side}}}BytesPerSecond":{{{Rate}}} } }""");
        await using var sender = Start("Send", side);
        var ticket = await sender.TicketAsync();
        var watch = Stopwatch.StartNew();

        await using var receiver = Start("Receive", side, ticket);
        Assert.True(await receiver.EndAsync() == 0, receiver.Error);

        // Two megabytes at half a megabyte a second, of which a second's worth may come at once.
        Assert.True(watch.Elapsed > TimeSpan.FromSeconds(2.5), $"{watch.Elapsed}");
    }

    private static BlobTicket At(BlobTicket ticket, string host)
    {
        var port = ticket.Addresses.Select(static address => address.TryGetIp(out var endPoint) ? endPoint.Port : 0).First(static port => port != 0);
        return ticket with { Addresses = [EndpointAddress.FromIp(new System.Net.IPEndPoint(System.Net.IPAddress.Parse(host), port))] };
    }

    private ProgramRun Start(string role, string limited, params string[] ticket)
    {
        string[] arguments = role == "Send" ? ["send", "file.bin", "--json"] : ["receive", .. ticket, "-o", "in", "--yes"];
        return role == limited ? _scene.Start(_policy, [], arguments) : _scene.Start(($"ALTSENDME_Limits__{role}BytesPerSecond", $"{1 << 30}"), arguments);
    }
}
