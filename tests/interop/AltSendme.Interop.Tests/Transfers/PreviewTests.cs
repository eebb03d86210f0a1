using AltSendme.Core.Tickets;
using AltSendme.Interop.Tests.Peers;

namespace AltSendme.Interop.Tests.Transfers;

/// <summary>The preview of the AltSendme app, <c>sendme/metadata/1</c>, with a real iroh 1.1 endpoint at the other end.</summary>
[Collection("transfers")]
public sealed class PreviewTests : IAsyncLifetime
{
    private Scene _scene = null!;

    public async Task InitializeAsync()
    {
        _scene = await Scene.OpenAsync();
        Content.WriteFile(_scene.At("trip", "beach.jpg"), 20_000);
        Content.WriteFile(_scene.At("notes.txt"), 300);
    }

    public async Task DisposeAsync() => await _scene.DisposeAsync();

    [PeerFact]
    public async Task A_peer_reads_the_preview_of_our_share()
    {
        await using var sender = _scene.Start("send", "trip", "notes.txt", "--broadcast", "--json", "--ticket-type", "addresses");
        var ticket = BlobTicket.Parse(await sender.TicketAsync());
        await using var peer = _scene.Peer("hand.mjs");
        await HandPeer.AskAsync(peer, new { op = "bind" });

        var answer = await HandPeer.AskAsync(peer, new { op = "preview", id = ticket.Endpoint.ToString(), ports = HandPeer.PortsOf(ticket) });

        var preview = answer.GetProperty("preview");
        Assert.Equal("trip", preview.GetProperty("file_name").GetString());
        Assert.Equal(2, preview.GetProperty("item_count").GetInt32());
        Assert.Equal(20_300, preview.GetProperty("size").GetInt64());
        Assert.Equal(["trip", "notes.txt"], preview.GetProperty("items").EnumerateArray().Select(static item => item.GetProperty("file_name").GetString()));
    }

    [PeerFact]
    public async Task Our_receiver_shows_the_preview_that_a_peer_serves()
    {
        await using var sender = _scene.Start("send", "notes.txt", "--broadcast", "--json", "--ticket-type", "addresses");
        var preview = new { file_name = "notes.txt", item_count = 1, size = 300, mime_type = "text/plain" };
        var (peer, ticket) = await HandPeer.ServeAsync(_scene, BlobTicket.Parse(await sender.TicketAsync()), preview: preview);
        await using var _ = peer;

        var (exitCode, output, error) = await _scene.RunAsync("receive", ticket.ToString(), "-o", "in", "--yes", "--json");

        Assert.True(exitCode == 0, $"{error}{string.Join('\n', output)}");
        var shown = ProgramEvents.Parse(output).Of("sender-preview").Single();
        Assert.Equal("notes.txt", shown.GetProperty("name").GetString());
        Assert.Equal(300, shown.GetProperty("bytes").GetInt64());
        Assert.Equal("text/plain", shown.GetProperty("mimeType").GetString());
        Content.AssertSameFile(_scene.At("notes.txt"), _scene.At("in", "notes.txt"));
    }
}
