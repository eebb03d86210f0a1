using System.Text.Json;
using AltSendme.Core.Tickets;
using AltSendme.Interop.Tests.Peers;
using static AltSendme.Interop.Tests.Transfers.Content;

namespace AltSendme.Interop.Tests.Transfers;

/// <summary>Our program on both ends, with tickets that hold nothing but an id, and servers of another implementation that know where that is.</summary>
[Collection("transfers")]
public sealed class DiscoveryTests : IAsyncLifetime
{
    private const string Nobody = "http://127.0.0.1:9/pkarr";
    private const int NoPort = 9;
    private const string Relay = "http://127.0.0.1:3341/";

    private static readonly (string, string) On = ("ALTSENDME_Discovery__Mode", "on");
    private static readonly (string, string) All = ("ALTSENDME_Discovery__PublishAddresses", "all");

    private Scene _scene = null!;

    public async Task InitializeAsync()
    {
        _scene = await Scene.OpenAsync();
        WriteFile(_scene.At("a.bin"), Megabyte);
    }

    public async Task DisposeAsync() => await _scene.DisposeAsync();

    [PeerTheory]
    [InlineData("pkarr")]
    [InlineData("dns")]
    public async Task An_id_is_enough_while_one_service_works_and_the_others_are_down(string working)
    {
        await using var peer = _scene.Peer("pkarr.mjs");
        var server = await peer.AskAsync(new { op = "start" });
        await using var sender = _scene.Start([On, All, .. Servers(server)], "send", "a.bin", "--json", "--ticket-type", "id");

        var received = await ReceiveAsync(await sender.TicketAsync(), [.. working == "pkarr" ? Servers(Url(server), NoPort) : Servers(Nobody, server.GetProperty("dns").GetInt32())]);

        Assert.True(received.ExitCode == 0, $"{received.Error} {string.Join('\n', received.Output)} {sender.Error}");
        AssertSameFile(_scene.At("a.bin"), _scene.At("in", "a.bin"));
        Assert.All(ProgramEvents.Parse(received.Output).Of("found"), found => Assert.Equal(working, found.GetProperty("source").GetString()));
        Assert.Equal(0, await sender.EndAsync());
    }

    [PeerFact]
    public async Task An_id_is_enough_in_the_local_network_while_all_servers_are_down()
    {
        (string, string)[] down = [.. Servers(Nobody, NoPort).Where(static setting => !setting.Item1.EndsWith("mdns", StringComparison.Ordinal))];
        await using var sender = _scene.Start([On, .. down], "send", "a.bin", "--json", "--ticket-type", "id");

        var received = await ReceiveAsync(await sender.TicketAsync(), down);

        Assert.True(received.ExitCode == 0, $"{received.Error} {string.Join('\n', received.Output)} {sender.Error}");
        AssertSameFile(_scene.At("a.bin"), _scene.At("in", "a.bin"));
        Assert.All(ProgramEvents.Parse(received.Output).Of("found"), static found => Assert.Equal("mdns", found.GetProperty("source").GetString()));
        Assert.Equal(0, await sender.EndAsync());
    }

    [PeerFact]
    public async Task By_default_the_server_is_told_the_relay_alone_and_nothing_any_more_once_the_share_is_over()
    {
        await using var relay = await _scene.RelayAsync("127.0.0.1:3341");
        await using var peer = _scene.Peer("pkarr.mjs");
        var server = await peer.AskAsync(new { op = "start" });
        await using var sender = _scene.Start([On, .. Servers(server)], "send", "a.bin", "--json", "--ticket-type", "id", "--relay", Relay);
        var ticket = await sender.TicketAsync();
        Assert.Equal([$"relay={Relay}"], Texts(await peer.AskAsync(new { op = "packets" })));

        var received = await ReceiveAsync(ticket, [.. Servers(server)], "--relay", Relay);

        Assert.True(received.ExitCode == 0, $"{received.Error} {string.Join('\n', received.Output)} {sender.Error}");
        AssertSameFile(_scene.At("a.bin"), _scene.At("in", "a.bin"));
        Assert.Equal(0, await sender.EndAsync());
        Assert.Empty(Texts(await peer.AskAsync(new { op = "packets" })));
    }

    [PeerFact]
    public async Task A_forged_packet_leads_nowhere()
    {
        await using var peer = _scene.Peer("pkarr.mjs");
        var server = await peer.AskAsync(new { op = "start" });
        await using var sender = _scene.Start([On, All, .. Servers(server)], "send", "a.bin", "--json", "--ticket-type", "id");
        var ticket = await sender.TicketAsync();
        var packet = (await peer.AskAsync(new { op = "packets" })).GetProperty("packets")[0];
        var payload = packet.GetProperty("payload").GetString()!;
        await peer.AskAsync(new { op = "force", id = packet.GetProperty("id").GetString(), payload = payload[..^2] + (payload.EndsWith("00", StringComparison.Ordinal) ? "01" : "00") });

        var received = await ReceiveAsync(ticket, [.. Servers(Url(server), NoPort)]);

        Assert.Equal(5, received.ExitCode);
        Assert.Contains("the endpoint did not sign it", string.Join('\n', received.Output), StringComparison.Ordinal);
    }

    [PeerFact]
    public async Task An_older_packet_is_not_believed_where_a_newer_one_is_known()
    {
        (string, string) lasting = ("ALTSENDME_Send__PersistentIdentity", "true");
        await using var honest = _scene.Peer("pkarr.mjs");
        await using var replaying = _scene.Peer("pkarr.mjs");
        var server = await honest.AskAsync(new { op = "start" });
        var late = await replaying.AskAsync(new { op = "start", answersAfter = 500 });
        string ticket;
        JsonElement older;
        await using (var sender = _scene.Start([On, All, lasting, .. Servers(server)], "send", "a.bin", "--json", "--ticket-type", "id"))
        {
            ticket = await sender.TicketAsync();
            older = (await honest.AskAsync(new { op = "packets" })).GetProperty("packets")[0];
            sender.PressCtrlC();
            await sender.EndAsync();
        }

        // The sender has taken its words back, and somebody else says them again.
        Assert.Empty(Texts(await honest.AskAsync(new { op = "packets" })));
        await replaying.AskAsync(new { op = "force", id = older.GetProperty("id").GetString(), payload = older.GetProperty("payload").GetString() });

        var received = await ReceiveAsync(ticket, [.. Servers(Url(server), NoPort), ("ALTSENDME_Plugins__altsendme.pkarr__Relays__1", Url(late))], "--verbose");

        Assert.Equal(5, received.ExitCode);
        Assert.Contains("it is older than one that is known", received.Error, StringComparison.Ordinal);
        Assert.Empty(ProgramEvents.Parse(received.Output).Of("found"));
    }

    [PeerFact]
    public async Task A_real_iroh_finds_our_share_by_its_id()
    {
        // Its name for the servers' domain is fixed; here the system's DNS server is ours, and nothing leaves the namespace.
        await using var peer = _scene.Peer("pkarr.mjs");
        var server = await peer.AskAsync(new { op = "start", domain = "dns.iroh.link", dnsPort = 53 });
        await using var sender = _scene.Start([On, All, .. Servers(server)], "send", "a.bin", "--json", "--ticket-type", "id");
        var id = BlobTicket.Parse(await sender.TicketAsync()).Endpoint.ToString();
        await File.WriteAllTextAsync(_scene.At("resolv.conf"), "nameserver 127.0.0.1\n");
        await using var iroh = _scene.Peer("lookup.mjs", _scene.At("resolv.conf"));

        var connected = await iroh.AskAsync(new { op = "connect", id, alpn = "/iroh-bytes/4" });

        Assert.True(connected.GetProperty("ok").GetBoolean(), $"{connected} {sender.Error}");
        Assert.Equal(id, connected.GetProperty("remote").GetString());
    }

    private static string Url(JsonElement server) => $"http://127.0.0.1:{server.GetProperty("http").GetInt32()}/pkarr";

    private static IEnumerable<(string, string)> Servers(JsonElement server) => Servers(Url(server), server.GetProperty("dns").GetInt32());

    private static IEnumerable<(string, string)> Servers(string pkarr, int dns) =>
    [
        ("ALTSENDME_Plugins__altsendme.pkarr__Relays__0", pkarr),
        ("ALTSENDME_Plugins__altsendme.dns__Servers__0", $"127.0.0.1:{dns}"),
        ("ALTSENDME_Plugins__altsendme.dns__Origin", "dns.test"),
        ("ALTSENDME_Discovery__Services__mdns", "false"),
    ];

    private static string[] Texts(JsonElement packets) => [.. packets.GetProperty("packets").EnumerateArray().SelectMany(static packet => packet.GetProperty("texts").EnumerateArray()).Select(static text => text.GetString()!)];

    private async Task<(int ExitCode, IReadOnlyList<string> Output, string Error)> ReceiveAsync(string ticket, (string, string)[] settings, params string[] options)
    {
        await using var run = _scene.Start([On, .. settings], ["receive", ticket, "-o", "in", "--yes", "--json", .. options]);
        var exitCode = await run.EndAsync();
        return (exitCode, await run.RestAsync(), run.Error);
    }
}
