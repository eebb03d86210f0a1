using System.Security.Cryptography;
using System.Text.Json;
using AltSendme.Blobs;
using AltSendme.Blobs.Bao;
using AltSendme.Blobs.Collections;
using AltSendme.Blobs.Protocol.Requests;
using AltSendme.Blobs.Stores;
using AltSendme.Core.Tickets;
using AltSendme.EndToEnd.Tests;
using AltSendme.Interop.Tests.Peers;

namespace AltSendme.Interop.Tests.Transfers;

/// <summary>A real iroh 1.1 endpoint speaks <c>/iroh-bytes/4</c> by hand with our program. What a real iroh 0.35 provider answers to the same request for the same content is what ours must answer.</summary>
[Collection("transfers")]
public sealed class RawRequestTests : IAsyncLifetime
{
    private const int Small = 1;
    private const int Large = 0;

    private Scene _scene = null!;
    private ProgramRun _sender = null!;
    private PeerProcess _asker = null!;
    private PeerProcess _provider = null!;
    private Collection _collection = null!;

    private Hash Root => _collection.ComputeHash();

    public async Task InitializeAsync()
    {
        _scene = await Scene.OpenAsync();
        string[] paths = [Content.WriteFile(_scene.At("share", "large.bin"), 3_000_001), Content.WriteFile(_scene.At("share", "small.bin"), 1000)];
        var files = await new FileHasher().HashAllAsync(paths, onHashed: null, CancellationToken.None);
        _collection = new Collection(files.Select(static file => new CollectionEntry($"share/{Path.GetFileName(file.Path)}", file.Root)));

        _provider = _scene.Peer("provider.mjs");
        foreach (var path in paths)
            await _provider.AskAsync(new { op = "addFile", path });
        await _provider.AskAsync(new { op = "addCollection", files = _collection.Entries.Select(static entry => new { name = entry.Name, hash = entry.Hash.ToString() }) });

        _sender = _scene.Start("send", "share", "--broadcast", "--json", "--ticket-type", "addresses");
        var ticket = BlobTicket.Parse(await _sender.TicketAsync());
        Assert.Equal(Root, ticket.Root);
        _asker = await HandPeer.ConnectAsync(_scene, ticket, "/iroh-bytes/4");
    }

    public async Task DisposeAsync()
    {
        await _asker.DisposeAsync();
        await _provider.DisposeAsync();
        await _sender.DisposeAsync();
        await _scene.DisposeAsync();
    }

    [PeerFact]
    public async Task Gets_of_a_blob_of_children_of_ranges_and_of_nothing_known_are_answered_as_by_iroh()
    {
        var missing = new Hash([.. Enumerable.Repeat((byte)7, Hash.Length)]);
        await AssertSameAsync(new GetRequest(File(Large), ChunkRangesSequence.Single(ChunkRanges.All)));
        await AssertSameAsync(new GetRequest(File(Small), ChunkRangesSequence.Single(ChunkRanges.All)));
        await AssertSameAsync(new GetRequest(File(Large), ChunkRangesSequence.Single(ChunkRanges.From(5, 9).Union(ChunkRanges.From(1000, 1033)))));
        await AssertSameAsync(new GetRequest(File(Large), ChunkRangesSequence.Single(ChunkRanges.LastChunk)));
        await AssertSameAsync(new GetRequest(Root, ChunkRangesSequence.All));
        await AssertSameAsync(new GetRequest(Root, ChunkRangesSequence.Of([ChunkRanges.Empty, ChunkRanges.Empty, ChunkRanges.From(2, 40)], isInfinite: false)));
        await AssertSameAsync(new GetRequest(Root, ChunkRangesSequence.Of([ChunkRanges.All, ChunkRanges.All, ChunkRanges.LastChunk], isInfinite: true)));
        await AssertSameAsync(new GetRequest(missing, ChunkRangesSequence.Single(ChunkRanges.All)));
    }

    [PeerFact]
    public async Task A_GetMany_is_answered_by_the_answers_to_its_parts()
    {
        var small = await AskOursAsync(new GetRequest(File(Small), ChunkRangesSequence.Single(ChunkRanges.All)).Encode());
        var part = await AskOursAsync(new GetRequest(File(Large), ChunkRangesSequence.Single(ChunkRanges.From(0, 1))).Encode());

        var both = await AskOursAsync(new GetManyRequest([File(Small), File(Large)], ChunkRangesSequence.Of([ChunkRanges.All, ChunkRanges.From(0, 1)], isInfinite: false)).Encode());

        Assert.Equal(small.GetProperty("response").GetString() + part.GetProperty("response").GetString(), both.GetProperty("response").GetString());
    }

    [PeerFact]
    public async Task An_Observe_says_that_we_have_all_of_a_blob()
    {
        var item = new ObserveItem(3_000_001, ChunkRanges.All).Encode();

        var answer = await _asker.AskAsync(new { op = "askFor", connection = 0, request = Hex(new ObserveRequest(File(Large), ChunkRanges.All).Encode()), length = item.Length });

        Assert.Equal(Hex(item), answer.GetProperty("response").GetString());
    }

    [PeerFact]
    public async Task Of_two_requests_on_one_stream_the_first_is_answered_as_by_iroh()
    {
        var one = new GetRequest(File(Small), ChunkRangesSequence.Single(ChunkRanges.All)).Encode();
        byte[] two = [.. one, .. new GetRequest(File(Large), ChunkRangesSequence.Single(ChunkRanges.From(0, 1))).Encode()];

        Assert.Equal(Described(await AskTheirsAsync(two)), Described(await AskOursAsync(two)));
    }

    private Hash File(int index) => _collection.Entries[index].Hash;

    private async Task AssertSameAsync(GetRequest request)
    {
        var bytes = request.Encode();
        Assert.Equal(Described(await AskTheirsAsync(bytes)), Described(await AskOursAsync(bytes)));
    }

    private Task<JsonElement> AskTheirsAsync(byte[] request) => _provider.AskAsync(new { op = "ask", request = Hex(request) });

    private Task<JsonElement> AskOursAsync(byte[] request) => _asker.AskAsync(new { op = "ask", connection = 0, requests = new[] { Hex(request) } });

    private static string Described(JsonElement answer) =>
        answer.TryGetProperty("response", out var whole) ? Described(Convert.FromHexString(whole.GetString()!))
        : answer.TryGetProperty("sha256", out var digest) ? $"{answer.GetProperty("length")} bytes, {digest}"
        : answer.ToString();

    private static string Described(byte[] answer) => $"{answer.Length} bytes, {Convert.ToHexStringLower(SHA256.HashData(answer))}";

    private static string Hex(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(bytes);
}
