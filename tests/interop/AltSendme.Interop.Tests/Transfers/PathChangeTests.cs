using AltSendme.EndToEnd.Tests;
using AltSendme.Interop.Tests.Peers;
using static AltSendme.Interop.Tests.Transfers.Content;

namespace AltSendme.Interop.Tests.Transfers;

/// <summary>A transfer between two of our programs changes between the relay and a direct path in its middle; nothing begins again.</summary>
[Collection("transfers")]
public sealed class PathChangeTests : IAsyncLifetime
{
    private const int RelayPort = 3340;
    private const string Relay = "http://127.0.0.1:3340/";
    private const long Size = 256 * Megabyte;

    // What is silent may find its way by itself, before another connection is tried beside it.
    private static readonly (string, string)[] Patience = [("ALTSENDME_Receive__StallAfter", "00:00:30"), ("ALTSENDME_Receive__RetryFor", "00:01:00")];

    private Scene _scene = null!;
    private RelayRun? _relay;

    public async Task InitializeAsync()
    {
        _scene = await Scene.OpenAsync();
        WriteFile(_scene.At("big.bin"), Size);
    }

    public async Task DisposeAsync()
    {
        if (_relay is not null)
            await _relay.DisposeAsync();
        await _scene.DisposeAsync();
    }

    [PeerFact]
    public async Task A_transfer_that_began_by_relay_moves_to_the_direct_path_and_does_not_notice_that_the_relay_dies()
    {
        // By relay the file would take half a minute: whatever the machine does meanwhile, the transfer is not over before there is a direct path.
        _relay = await _scene.RelayAsync($"127.0.0.1:{RelayPort}", "--Limits:ClientBytesPerSecond", "8388608", "--Limits:ClientBurst", "1048576");
        await using var sender = Send("relay");
        await using var receiver = Receive(await sender.TicketAsync());
        Assert.Equal("relayed", PathOf(await receiver.EventAsync("connected")));
        await AtPathAsync("direct", receiver, sender);
        sender.Freeze();
        Assert.False(File.Exists(_scene.At("in", "big.bin")), "The transfer was over before the relay was.");
        await _relay.KillAsync();
        sender.Thaw();

        await AssertWholeAsync(receiver, sender);
    }

    [FirewallFact]
    public async Task A_transfer_whose_direct_path_dies_goes_on_by_relay()
    {
        // Nothing but the two paths of one QUIC connection is left: no other transport gets through.
        await _scene.DropTcpButAsync(RelayPort);
        _relay = await _scene.RelayAsync($"127.0.0.1:{RelayPort}");
        await using var sender = Send("full");
        await using var receiver = Receive(await sender.TicketAsync());
        if (PathOf(await receiver.EventAsync("connected")) != "direct")
            await AtPathAsync("direct", receiver);
        await receiver.ReachAsync("progress", Size / 50);
        sender.Freeze();
        await _scene.DropUdpAsync();
        sender.Thaw();
        await AtPathAsync("relayed", receiver, sender);

        await AssertWholeAsync(receiver, sender);
    }

    // Eight seconds for the file: however late a test hears of something, the transfer is not over.
    private ProgramRun Send(string ticketType) => _scene.Start([.. Patience, ("ALTSENDME_Limits__SendBytesPerSecond", "33554432")], "send", "big.bin", "--json", "--ticket-type", ticketType, "--relay", Relay);

    private ProgramRun Receive(string ticket) => _scene.Start(Patience, "receive", ticket, "-o", "in", "--yes", "--json", "--relay", Relay);

    private async Task AssertWholeAsync(ProgramRun receiver, ProgramRun sender)
    {
        Assert.True(await receiver.EndAsync() == 0, receiver.Error);
        Assert.True(await sender.EndAsync() == 0, sender.Error);
        var events = ProgramEvents.Parse(await receiver.RestAsync());
        Assert.Empty(events.Of("reconnecting"));
        Assert.Equal(Size, events.Of("completed").Single().GetProperty("fetchedBytes").GetInt64());
        AssertSameFile(_scene.At("big.bin"), _scene.At("in", "big.bin"));
    }

    private static async Task AtPathAsync(string path, params ProgramRun[] runs)
    {
        foreach (var run in runs)
        {
            while (PathOf(await run.EventAsync("path-changed")) != path)
            {
                // It tells of each path on the way there.
            }
        }
    }

    private static string PathOf(System.Text.Json.JsonElement told) => told.GetProperty("path").GetString()!;
}
