using AltSendme.Blobs.Bao;
using AltSendme.Core.Progress;
using AltSendme.Core.Tickets;
using AltSendme.TestKit;

namespace AltSendme.Core.Tests.Sessions;

/// <summary>When a one-time share ends with a receiver of iroh, which closes its connection and says no more.</summary>
public sealed class OneTimeShareTests : IAsyncLifetime
{
    private const int Chunks = 2000;

    private readonly SessionHarness _harness = new();
    private readonly CancellationTokenSource _limit = new(TimeSpan.FromMinutes(1));

    public Task InitializeAsync()
    {
        var content = new byte[Chunks * 1024];
        Seeds.Random().NextBytes(content);
        _harness.Folder.Write("album/big.bin", content);
        _harness.Folder.Write("album/copy.bin", content);
        _harness.Folder.Write("album/empty", "");
        _harness.Folder.Write("album/small.txt", "small");
        _harness.Folder.Write("nothing/a", "");
        _harness.Folder.Write("nothing/b", "");
        return Task.CompletedTask;
    }

    public async Task DisposeAsync()
    {
        await _limit.CancelAsync();
        await _harness.DisposeAsync();
        _limit.Dispose();
    }

    [Fact]
    public async Task It_ends_when_everything_was_fetched_over_one_connection()
    {
        var (receiver, running) = await ShareAsync("album");

        await receiver.FetchAsync([ChunkRanges.All], isInfinite: true, _limit.Token);
        await running;

        Assert.Single(_harness.Sent.Of<ReceiverCompleted>());
    }

    [Fact]
    public async Task It_ends_when_halves_were_fetched_over_two_connections_and_equal_files_once()
    {
        var (receiver, running) = await ShareAsync("album");

        await receiver.FetchAsync([ChunkRanges.All, ChunkRanges.All, ChunkRanges.From(0, Chunks / 2)], isInfinite: false, _limit.Token);
        await LeftAsync(running);
        await receiver.FetchAsync([ChunkRanges.Empty, ChunkRanges.Empty, ChunkRanges.From(Chunks / 2), ChunkRanges.Empty, ChunkRanges.Empty, ChunkRanges.All], isInfinite: false, _limit.Token);
        await running;
    }

    [Fact]
    public async Task It_stays_open_for_a_second_receiver_when_the_first_took_half()
    {
        var (first, running) = await ShareAsync("album");
        using var second = new IrohReceiver(_harness.Network, Ticket);

        await first.FetchAsync([ChunkRanges.All, ChunkRanges.All, ChunkRanges.From(0, Chunks / 2)], isInfinite: false, _limit.Token);
        await LeftAsync(running);
        await second.FetchAsync([ChunkRanges.Empty, ChunkRanges.Empty, ChunkRanges.From(Chunks / 2), ChunkRanges.Empty, ChunkRanges.Empty, ChunkRanges.All], isInfinite: false, _limit.Token);
        await LeftAsync(running, 2);
        await second.FetchAsync([ChunkRanges.All], isInfinite: true, _limit.Token);
        await running;
    }

    [Fact]
    public async Task It_stays_open_when_only_the_list_and_the_sizes_were_fetched()
    {
        var (receiver, running) = await ShareAsync("album");

        await receiver.FetchAsync([ChunkRanges.All, ChunkRanges.All, ChunkRanges.LastChunk], isInfinite: true, _limit.Token);

        await LeftAsync(running);
    }

    [Fact]
    public async Task A_share_of_empty_files_ends_when_the_list_was_fetched()
    {
        var (receiver, running) = await ShareAsync("nothing");

        await receiver.FetchAsync([ChunkRanges.All, ChunkRanges.Empty], isInfinite: false, _limit.Token);
        await LeftAsync(running);
        await receiver.FetchAsync([ChunkRanges.All], isInfinite: true, _limit.Token);
        await running;
    }

    [Fact]
    public async Task A_share_of_empty_files_ends_with_a_receiver_of_ours_too()
    {
        var (_, running) = await ShareAsync("nothing");

        await _harness.ReceiveAsync(Ticket);
        await running;

        Assert.Equal(["nothing/a", "nothing/b"], _harness.Arrived());
    }

    private BlobTicket Ticket { get; set; } = null!;

    private async Task<(IrohReceiver Receiver, Task Running)> ShareAsync(string name)
    {
        (Ticket, var running) = await _harness.ShareAsync(oneTime: true, _limit.Token, name);
        return (new IrohReceiver(_harness.Network, Ticket), running);
    }

    // The share decides when it has seen the receiver leave.
    private async Task LeftAsync(Task running, int count = 1)
    {
        while (_harness.Sent.Of<ReceiverLeft>().Count < count)
            await Task.Delay(10, _limit.Token);
        Assert.False(running.IsCompleted);
        Assert.Empty(_harness.Sent.Of<ReceiverCompleted>());
    }
}
