using AltSendme.Interop.Tests.Peers;
using static AltSendme.Interop.Tests.Transfers.Content;

namespace AltSendme.Interop.Tests.Transfers;

/// <summary>One side dies, or the link between them, at about a third of the way; what was verified is not sent again.</summary>
[Collection("transfers")]
public sealed class InterruptionTests : IAsyncLifetime
{
    private const long Size = 300 * Megabyte;
    private const long Third = Size * 3 / 10;

    private Scene _scene = null!;

    public async Task InitializeAsync()
    {
        _scene = await Scene.OpenAsync();
        WriteFile(_scene.At("big.bin"), Size);
    }

    public async Task DisposeAsync() => await _scene.DisposeAsync();

    [PeerFact]
    public async Task Our_receiver_killed_goes_on_with_what_the_node_has_not_sent_yet()
    {
        await using var node = await StartNodeAsync("store");
        var ticket = await ShareAsync(node);
        await using var killed = _scene.Start("receive", ticket, "-o", "in", "--yes", "--json");
        await killed.ReachAsync("progress", Third);
        killed.KillHard();
        await killed.EndAsync();

        var (present, fetched) = await FinishAsync(ticket);

        Assert.True(present >= Third - Megabyte, $"Only {present} bytes were still there.");
        Assert.Equal(Size - present, fetched);
    }

    [PeerFact]
    public async Task A_sending_node_killed_and_started_again_gives_only_the_rest()
    {
        await using (var node = await StartNodeAsync("store"))
        {
            await using var first = _scene.Start("receive", await ShareAsync(node), "-o", "in", "--yes", "--json");
            await first.ReachAsync("progress", Third);
            await node.KillAsync();
            first.PressCtrlC();
            await first.EndAsync();
        }

        await using var again = await StartNodeAsync("store");
        var (present, fetched) = await FinishAsync(await ShareAsync(again));

        Assert.True(present >= Third - Megabyte, $"Only {present} bytes were still there.");
        Assert.Equal(Size - present, fetched);
    }

    [PeerFact]
    public async Task A_link_that_comes_and_goes_costs_our_receiver_nothing_that_it_had()
    {
        await using var node = await StartNodeAsync("store");
        await using var receiver = _scene.Start("receive", await ShareAsync(node), "-o", "in", "--yes", "--json");
        await receiver.ReachAsync("progress", Third);
        await _scene.SetLinkAsync(up: false);
        await receiver.EventAsync("reconnecting");
        await _scene.SetLinkAsync(up: true);

        Assert.True(await receiver.EndAsync() == 0, receiver.Error);
        var events = ProgramEvents.Parse(await receiver.RestAsync());
        Assert.InRange(events.Of("completed").Single().GetProperty("fetchedBytes").GetInt64(), Size, Size + (16 * Megabyte));
        AssertSameFile(_scene.At("big.bin"), _scene.At("in", "big.bin"));
    }

    [PeerFact]
    public async Task A_receiving_node_killed_and_started_again_asks_our_sender_only_for_the_rest()
    {
        await using var sender = _scene.Start("send", "big.bin", "--broadcast", "--json", "--ticket-type", "addresses");
        var ticket = await sender.TicketAsync();
        await using (var killed = await StartNodeAsync("store"))
        {
            var download = DownloadAsync(killed, ticket);
            await sender.ReachAsync("receiver-progress", Third);
            await killed.KillAsync();
            await Assert.ThrowsAnyAsync<Exception>(() => download);
        }

        await using var again = await StartNodeAsync("store");
        var read = await DownloadAsync(again, ticket);

        Assert.True(read <= Size - Third + (16 * Megabyte), $"The node read {read} bytes in its second run.");
        AssertSameFile(_scene.At("big.bin"), _scene.At("out", "big.bin"));
    }

    [PeerFact]
    public async Task Our_sender_stopped_and_started_again_gives_a_node_only_the_rest()
    {
        await using var node = await StartNodeAsync("store");
        await using (var stopped = _scene.Start("send", "big.bin", "--json", "--ticket-type", "addresses"))
        {
            var download = node.AskAsync(DownloadRequest(await stopped.TicketAsync()));
            await stopped.ReachAsync("receiver-progress", Third);
            stopped.PressCtrlC();
            await stopped.EndAsync();
            Assert.False((await download).GetProperty("ok").GetBoolean());
        }

        // A share that gave only the rest can't know that the node has all of it.
        await using var again = _scene.Start("send", "big.bin", "--broadcast", "--json", "--ticket-type", "addresses");
        var read = await DownloadAsync(node, await again.TicketAsync());

        Assert.True(read <= Size - Third + (16 * Megabyte), $"The node read {read} bytes in its second run.");
        AssertSameFile(_scene.At("big.bin"), _scene.At("out", "big.bin"));
    }

    [PeerFact]
    public async Task A_link_that_comes_and_goes_makes_our_sender_repeat_little_to_a_node()
    {
        await using var sender = _scene.Start("send", "big.bin", "--json", "--ticket-type", "addresses");
        var ticket = await sender.TicketAsync();
        await using var node = await StartNodeAsync("store");
        var download = DownloadAsync(node, ticket);
        for (var part = 1; part <= 3; part++)
        {
            await sender.ReachAsync("receiver-progress", Size * part / 5);
            await _scene.SetLinkAsync(up: false);
            await _scene.SetLinkAsync(up: true);
        }

        Assert.True(await download <= Size + (16 * Megabyte));
        AssertSameFile(_scene.At("big.bin"), _scene.At("out", "big.bin"));
        Assert.Equal(0, await sender.EndAsync());
    }

    [FirewallFact]
    public async Task Our_transfer_finishes_over_TCP_by_itself_when_UDP_is_cut_off_in_the_middle()
    {
        await using var sender = _scene.Start("send", "big.bin", "--json", "--ticket-type", "addresses");
        await using var receiver = _scene.Start("receive", await sender.TicketAsync(), "-o", "in", "--yes", "--json");
        await receiver.ReachAsync("progress", Third / 2);
        await _scene.DropUdpAsync();

        Assert.True(await receiver.EndAsync() == 0, receiver.Error);
        var events = ProgramEvents.Parse(await receiver.RestAsync());
        Assert.NotEmpty(events.Of("reconnecting"));
        Assert.InRange(events.Of("completed").Single().GetProperty("fetchedBytes").GetInt64(), Size, Size + (16 * Megabyte));
        AssertSameFile(_scene.At("big.bin"), _scene.At("in", "big.bin"));
        Assert.Equal(0, await sender.EndAsync());
    }

    private async Task<PeerProcess> StartNodeAsync(string store)
    {
        var peer = _scene.Peer("node.mjs");
        var started = await peer.AskAsync(new { op = "start", stores = new[] { _scene.At(store) } });
        Assert.True(started.GetProperty("ok").GetBoolean(), started.ToString());
        return peer;
    }

    private async Task<string> ShareAsync(PeerProcess node)
    {
        var shared = await node.AskAsync(new { op = "share", path = _scene.At("big.bin"), wrap = true });
        Assert.True(shared.GetProperty("ok").GetBoolean(), shared.ToString());
        return shared.GetProperty("ticket").GetString()!;
    }

    private object DownloadRequest(string ticket) => new { op = "download", ticket, paths = new[] { _scene.At("out") } };

    private async Task<long> DownloadAsync(PeerProcess node, string ticket)
    {
        var downloaded = await node.AskAsync(DownloadRequest(ticket));
        Assert.True(downloaded.GetProperty("ok").GetBoolean(), downloaded.ToString());
        return downloaded.GetProperty("read")[0].GetInt64();
    }

    private async Task<(long Present, long Fetched)> FinishAsync(string ticket)
    {
        var (exitCode, output, error) = await _scene.RunAsync("receive", ticket, "-o", "in", "--yes", "--json");
        var events = ProgramEvents.Parse(output);
        Assert.True(exitCode == 0, $"{error}{string.Join('\n', output)}");
        AssertSameFile(_scene.At("big.bin"), _scene.At("in", "big.bin"));
        return (events.Of("preview").Single().GetProperty("presentBytes").GetInt64(), events.Of("completed").Single().GetProperty("fetchedBytes").GetInt64());
    }
}
