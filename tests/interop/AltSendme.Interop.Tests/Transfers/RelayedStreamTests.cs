using System.IO.Pipelines;
using System.Security.Cryptography;
using AltSendme.Blobs.Bao;
using AltSendme.Blobs.Protocol;
using AltSendme.Blobs.Protocol.Requests;
using AltSendme.Blobs.Stores;
using AltSendme.Core.Tickets;
using AltSendme.EndToEnd.Tests;
using AltSendme.Interop.Tests.Peers;
using static AltSendme.Interop.Tests.Transfers.Content;

namespace AltSendme.Interop.Tests.Transfers;

/// <summary>Our program and a real iroh 1.1 endpoint on the two sides of our relay. Tickets hold no address, and no UDP gets through.</summary>
[Collection("transfers")]
public sealed class RelayedStreamTests : IAsyncLifetime
{
    private const string Relay = "http://127.0.0.1:3340/";
    private const long Size = 16 * Megabyte;

    private Scene _scene = null!;
    private RelayRun _relay = null!;
    private ProgramRun _sender = null!;
    private BlobTicket _ticket = null!;

    public async Task InitializeAsync()
    {
        _scene = await Scene.OpenAsync();
        await _scene.ForbidUdpAsync();
        _relay = await _scene.RelayAsync("127.0.0.1:3340");
        WriteFile(_scene.At("file.bin"), Size);
        _sender = _scene.Start("send", "file.bin", "--broadcast", "--json", "--ticket-type", "relay", "--relay", Relay);
        _ticket = BlobTicket.Parse(await _sender.TicketAsync());
        Assert.Empty(HandPeer.PortsOf(_ticket));
    }

    public async Task DisposeAsync()
    {
        await _sender.DisposeAsync();
        await _relay.DisposeAsync();
        await _scene.DisposeAsync();
    }

    [PeerFact]
    public async Task An_iroh_endpoint_gets_a_file_from_our_sender()
    {
        using var store = new InPlaceStore();
        var file = (await new FileHasher().HashAllAsync([_scene.At("file.bin")], onHashed: null, CancellationToken.None)).Single();
        store.Add(file);
        var request = new GetRequest(file.Root, ChunkRangesSequence.Single(ChunkRanges.All)).Encode();
        await using var peer = await HandPeer.ConnectAsync(_scene, _ticket, "/iroh-bytes/4");

        var answer = await HandPeer.AskAsync(peer, new { op = "ask", connection = 0, requests = new[] { Convert.ToHexStringLower(request) } });

        // What the same request is answered with by ProviderTests' provider, which answers as iroh does.
        var expected = await AnswerAsync(store, request);
        Assert.Equal((expected.Length, Convert.ToHexStringLower(SHA256.HashData(expected))), (answer.GetProperty("length").GetInt32(), answer.GetProperty("sha256").GetString()));
        Assert.Equal("relayed", (await _sender.EventAsync("receiver-connected")).GetProperty("path").GetString());
    }

    [PeerFact]
    public async Task Our_receiver_gets_a_file_from_an_iroh_endpoint()
    {
        var (peer, ticket) = await HandPeer.ServeAsync(_scene, _ticket);
        await using var _ = peer;

        await using var receiver = _scene.Start("receive", ticket.ToString(), "-o", "in", "--yes", "--json", "--relay", Relay);

        Assert.True(await receiver.EndAsync() == 0, receiver.Error);
        var events = ProgramEvents.Parse(await receiver.RestAsync());
        Assert.All(events.Of("connected"), static connected => Assert.Equal("relayed", connected.GetProperty("path").GetString()));
        Assert.Equal(Size, events.Of("completed").Single().GetProperty("bytes").GetInt64());
        AssertSameFile(_scene.At("file.bin"), _scene.At("in", "file.bin"));
    }

    private static async Task<byte[]> AnswerAsync(InPlaceStore store, byte[] request)
    {
        var sent = new Pipe(new PipeOptions(pauseWriterThreshold: 0));
        await new BlobProvider(store).ServeAsync(new RequestStream(PipeReader.Create(new(request)), sent.Writer), observer: null, CancellationToken.None);
        await sent.Writer.CompleteAsync();
        using var answer = new MemoryStream();
        await sent.Reader.CopyToAsync(answer);
        return answer.ToArray();
    }

    private sealed record RequestStream(PipeReader Input, PipeWriter Output) : IDuplexPipe;
}
