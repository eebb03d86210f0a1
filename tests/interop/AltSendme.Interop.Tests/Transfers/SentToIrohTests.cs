using AltSendme.Interop.Tests.Peers;
using static AltSendme.Interop.Tests.Transfers.Content;

namespace AltSendme.Interop.Tests.Transfers;

/// <summary>Our program sends, real iroh 0.35 nodes download by our ticket.</summary>
[Collection("transfers")]
public sealed class SentToIrohTests : IAsyncLifetime
{
    private Scene _scene = null!;

    public async Task InitializeAsync() => _scene = await Scene.OpenAsync();

    public async Task DisposeAsync() => await _scene.DisposeAsync();

    [PeerFact]
    public Task A_file_arrives_whole() => AssertArrivesAsync(5_000_003);

    [PeerFact]
    public Task A_file_of_a_gibibyte_arrives_whole() => AssertArrivesAsync(1024 * Megabyte);

    [PeerFact]
    public async Task A_folder_of_a_thousand_files_with_unicode_and_empty_ones_arrives_whole()
    {
        WriteFolder(_scene.At("album"));

        await SendAsync("album");

        AssertSameFolder(_scene.At("album"), _scene.At("in", "album"));
    }

    [PeerFact]
    public async Task Several_paths_arrive_under_their_names()
    {
        WriteFile(_scene.At("a.bin"), 100_000);
        WriteFile(_scene.At("b", "c.bin"), 3_000_000);

        await SendAsync("a.bin", "b");

        AssertSameFile(_scene.At("a.bin"), _scene.At("in", "a.bin"));
        AssertSameFile(_scene.At("b", "c.bin"), _scene.At("in", "b", "c.bin"));
    }

    [PeerFact]
    public async Task Eight_nodes_at_once_all_get_everything_from_one_broadcast()
    {
        const int Nodes = 8;
        WriteFile(_scene.At("news.bin"), 40 * Megabyte);
        await using var sender = _scene.Start("send", "news.bin", "--broadcast", "--json", "--ticket-type", "addresses");
        var ticket = await sender.TicketAsync();
        await using var peer = _scene.Peer("node.mjs");
        await peer.AskAsync(new { op = "start", stores = Enumerable.Range(0, Nodes).Select(i => _scene.At("stores", $"{i}")) });

        var downloaded = await peer.AskAsync(new { op = "download", ticket, paths = Enumerable.Range(0, Nodes).Select(i => _scene.At("in", $"{i}")) });

        Assert.True(downloaded.GetProperty("ok").GetBoolean(), $"{downloaded} {sender.Error}");
        for (var i = 0; i < Nodes; i++)
            AssertSameFile(_scene.At("news.bin"), _scene.At("in", $"{i}", "news.bin"));
        for (var i = 0; i < Nodes; i++)
            await sender.EventAsync("receiver-completed");
        sender.PressCtrlC();
        Assert.Equal(0, await sender.EndAsync());
    }

    private async Task AssertArrivesAsync(long size)
    {
        WriteFile(_scene.At("file.bin"), size);

        await SendAsync("file.bin");

        AssertSameFile(_scene.At("file.bin"), _scene.At("in", "file.bin"));
    }

    // A one-time share ends well by itself once the node has all of it.
    private async Task SendAsync(params string[] paths)
    {
        await using var sender = _scene.Start(["send", .. paths, "--json", "--ticket-type", "addresses"]);
        var ticket = await sender.TicketAsync();
        await using var peer = _scene.Peer("node.mjs");
        await peer.AskAsync(new { op = "start", stores = new[] { _scene.At("store") } });

        var downloaded = await peer.AskAsync(new { op = "download", ticket, paths = new[] { _scene.At("in") } });

        Assert.True(downloaded.GetProperty("ok").GetBoolean(), $"{downloaded} {sender.Error}");
        Assert.True(await sender.EndAsync() == 0, string.Join('\n', await sender.RestAsync()));
    }
}
