using System.Globalization;
using AltSendme.Blobs.Protocol.Requests;
using AltSendme.Core.Tickets;
using AltSendme.EndToEnd.Tests;
using AltSendme.Interop.Tests.Peers;

namespace AltSendme.Interop.Tests.Transfers;

/// <summary>A real iroh 1.1 endpoint that misbehaves: whoever else transfers at the time does not notice.</summary>
[Collection("transfers")]
public sealed class BadPeerTests : IAsyncLifetime
{
    private const long Size = 8_000_000;
    private const int Requests = 10_000;
    private const int UnreadAnswers = 60;
    private const long MostMemory = 250 << 20;

    private Scene _scene = null!;
    private ProgramRun _sender = null!;
    private BlobTicket _ticket = null!;

    public async Task InitializeAsync()
    {
        _scene = await Scene.OpenAsync();
        Content.WriteFile(_scene.At("file.bin"), Size);
        _sender = _scene.Start("send", "file.bin", "--broadcast", "--json", "--ticket-type", "addresses");
        _ticket = BlobTicket.Parse(await _sender.TicketAsync());
    }

    public async Task DisposeAsync()
    {
        await _sender.DisposeAsync();
        await _scene.DisposeAsync();
    }

    // The honest one waits until the other has been found out, so that the lie is told whoever is faster.
    [PeerFact]
    public async Task A_provider_that_lies_in_one_group_is_dropped_and_another_gives_the_rest()
    {
        var (liar, bad) = await HandPeer.ServeAsync(_scene, _ticket, "flip", after: 100_000);
        await using var _ = liar;
        var (honest, good) = await HandPeer.ServeAsync(_scene, _ticket, "hold", after: 50_000);
        await using var __ = honest;

        await using var receiver = _scene.Start("receive", bad.ToString(), good.ToString(), "-o", "in", "--yes", "--json");
        var dropped = await receiver.EventAsync("sender-dropped");
        await HandPeer.AskAsync(honest, new { op = "release" });

        Assert.Equal(bad.Endpoint.ToShortString(), dropped.GetProperty("peer").GetString());
        Assert.True(await receiver.EndAsync() == 0, string.Join('\n', await receiver.RestAsync()));
        Content.AssertSameFile(_scene.At("file.bin"), _scene.At("in", "file.bin"));
    }

    [PeerFact]
    public Task A_provider_that_stalls_for_ever_is_passed_by() => AssertPassedByAsync("stall", after: 100_000);

    [PeerFact]
    public Task A_provider_that_closes_early_is_passed_by() => AssertPassedByAsync("close", after: 100_000);

    [PeerFact]
    public Task A_provider_that_floods_us_with_streams_is_borne() => AssertPassedByAsync("flood", after: -1);

    [PeerTheory]
    [InlineData(0)]
    [InlineData(100_000)]
    public async Task A_provider_that_lies_about_a_size_or_a_group_leaves_nothing_half_written(int after)
    {
        var (peer, ticket) = await HandPeer.ServeAsync(_scene, _ticket, "flip", after);
        await using var _ = peer;

        var (exitCode, output, _) = await _scene.RunAsync("receive", ticket.ToString(), "-o", "in", "--yes", "--json");

        Assert.True(exitCode == 6, string.Join('\n', output));
        Assert.False(File.Exists(_scene.At("in", "file.bin")));
    }

    [PeerFact]
    public async Task A_provider_that_stalls_for_ever_is_given_up_and_named()
    {
        var (peer, ticket) = await HandPeer.ServeAsync(_scene, _ticket, "stall", after: 100_000);
        await using var _ = peer;
        await using var receiver = _scene.Start(("ALTSENDME_Receive__RetryFor", "00:00:03"), "receive", ticket.ToString(), "-o", "in", "--yes", "--json");

        Assert.Equal(5, await receiver.EndAsync());
        Assert.Contains("peer.", (await receiver.RestAsync())[^1], StringComparison.Ordinal);
    }

    [PeerFact]
    public async Task A_getter_that_never_reads_hurts_nobody()
    {
        await using var peer = await HandPeer.ConnectAsync(_scene, _ticket, "/iroh-bytes/4");
        await HandPeer.AskAsync(peer, new { op = "neverRead", connection = 0, request = WholeShare(), count = UnreadAnswers });

        await AssertOthersAreServedAsync();
        Assert.InRange(PeakMemoryOf(_sender.Id), 1, MostMemory);
    }

    [PeerFact]
    public async Task A_getter_that_opens_ten_thousand_requests_hurts_nobody()
    {
        await using var peer = await HandPeer.ConnectAsync(_scene, _ticket, "/iroh-bytes/4");
        var flood = HandPeer.AskAsync(peer, new { op = "openMany", connection = 0, request = WholeShare(), count = Requests });

        await AssertOthersAreServedAsync();
        await flood;
        await AssertOthersAreServedAsync();
        Assert.InRange(PeakMemoryOf(_sender.Id), 1, MostMemory);
    }

    [PeerFact]
    public async Task A_request_beyond_a_mebibyte_is_refused_and_hurts_nobody()
    {
        await using var peer = await HandPeer.ConnectAsync(_scene, _ticket, "/iroh-bytes/4");

        var answer = await HandPeer.AskAsync(peer, new { op = "longRequest", connection = 0, start = $"00{_ticket.Root}ffffffff0f", length = 4 << 20 });

        Assert.True(answer.GetProperty("refused").GetBoolean());
        await AssertOthersAreServedAsync();
    }

    // The honest sender and the bad one at once.
    private async Task AssertPassedByAsync(string fault, long after)
    {
        var (peer, bad) = await HandPeer.ServeAsync(_scene, _ticket, fault, after);
        await using var _ = peer;

        var (exitCode, output, error) = await _scene.RunAsync("receive", bad.ToString(), _ticket.ToString(), "-o", "in", "--yes", "--json");

        Assert.True(exitCode == 0, $"{error}{string.Join('\n', output)}");
        Content.AssertSameFile(_scene.At("file.bin"), _scene.At("in", "file.bin"));
    }

    private async Task AssertOthersAreServedAsync()
    {
        var (exitCode, output, error) = await _scene.RunAsync("receive", _ticket.ToString(), "-o", "in", "--yes", "--overwrite", "--json");

        Assert.True(exitCode == 0, $"{error}{string.Join('\n', output)}");
        Assert.Equal(Size, ProgramEvents.Parse(output).Of("completed").Single().GetProperty("bytes").GetInt64());
        Content.AssertSameFile(_scene.At("file.bin"), _scene.At("in", "file.bin"));
    }

    private static long PeakMemoryOf(int process) =>
        long.Parse(File.ReadLines($"/proc/{process}/status").Single(static line => line.StartsWith("VmHWM:", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2], CultureInfo.InvariantCulture) * 1024;

    private string WholeShare() => Convert.ToHexStringLower(new GetRequest(_ticket.Root, ChunkRangesSequence.All).Encode());
}
