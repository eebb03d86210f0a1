using AltSendme.Abstractions;
using AltSendme.Core.Errors;
using AltSendme.Core.Progress;
using AltSendme.Core.Receiving;
using AltSendme.TestKit;

namespace AltSendme.Core.Tests.Sessions;

public sealed class TransferSessionTests : IAsyncLifetime
{
    private const int Size = 3_000_000;

    private readonly SessionHarness _harness = new();
    private readonly CancellationTokenSource _limit = new(TimeSpan.FromMinutes(2));
    private readonly byte[] _content = new byte[Size];

    public Task InitializeAsync()
    {
        Seeds.Random().NextBytes(_content);
        _harness.Folder.Write("album/big.bin", _content);
        _harness.Folder.Write("album/small.txt", "small");
        return Task.CompletedTask;
    }

    public async Task DisposeAsync()
    {
        await _limit.CancelAsync();
        await _harness.DisposeAsync();
        _limit.Dispose();
    }

    [Fact]
    public async Task A_share_ends_when_its_first_receiver_has_verified_everything()
    {
        var (ticket, running) = await _harness.ShareAsync(oneTime: true, _limit.Token, "album");

        var completed = await _harness.ReceiveAsync(ticket);
        await running;

        Assert.Equal(2, completed.Files);
        Assert.Equal(Size + 5, completed.FetchedBytes);
        Assert.Equal(["album/big.bin", "album/small.txt"], _harness.Arrived());
        Assert.Equal(_content, await File.ReadAllBytesAsync(Path.Combine(_harness.Destination, "album", "big.bin")));
        Assert.Single(_harness.Sent.Of<ReceiverCompleted>());
        Assert.Equal(Size + 5, _harness.Received.Of<ReceiveProgressed>()[^1].Bytes);
    }

    [Fact]
    public async Task A_changed_byte_on_the_way_is_noticed_nothing_of_it_is_kept_and_the_rest_is_resumed()
    {
        var (ticket, _) = await _harness.ShareAsync(oneTime: false, _limit.Token, "album");
        _harness.Received.Reported += value =>
        {
            if (value is PreviewReady)
                _harness.Network.Tamper = new FlipAt(Size / 2).Apply;
        };

        var exception = await Assert.ThrowsAsync<VerificationException>(() => _harness.ReceiveAsync(ticket));
        _harness.Network.Tamper = null;

        Assert.Equal(ErrorCodes.ContentCorrupt, exception.Code);
        Assert.Contains("big.bin", exception.Message, StringComparison.Ordinal);
        var honest = new SessionProgress();
        var completed = await new ReceiveSession(_harness.Services, _harness.Request(ticket, ConflictRule.Rename, null, null), honest).RunAsync();
        Assert.InRange(honest.PresentBytes, Size / 4, Size);
        Assert.Equal(Size + 5 - honest.PresentBytes, completed.FetchedBytes);
        Assert.Equal(_content, await File.ReadAllBytesAsync(Path.Combine(_harness.Destination, "album", "big.bin")));
    }

    [Fact]
    public async Task A_cut_link_is_taken_up_again_without_fetching_twice()
    {
        var (ticket, running) = await _harness.ShareAsync(oneTime: true, _limit.Token, "album");
        var cuts = 0;
        _harness.Network.Tamper = bytes =>
        {
            if (_harness.Network.BytesServed > Size / 2 && Interlocked.Exchange(ref cuts, 1) == 0)
                _harness.Network.CutAll();
            return bytes;
        };

        var completed = await _harness.ReceiveAsync(ticket);
        await running;

        Assert.Single(_harness.Received.Of<Reconnecting>());
        Assert.Equal(2, _harness.Network.Dials);
        Assert.Equal(Size + 5, completed.FetchedBytes);
        Assert.Equal(_content, await File.ReadAllBytesAsync(Path.Combine(_harness.Destination, "album", "big.bin")));
    }

    [Fact]
    public async Task A_receiver_who_says_no_leaves_nothing_behind_and_the_sender_hears_of_it()
    {
        var (ticket, _) = await _harness.ShareAsync(oneTime: true, _limit.Token, "album");

        var exception = await Assert.ThrowsAsync<TransferAbortedException>(() => _harness.ReceiveAsync(ticket, consent: (_, _) => ValueTask.FromResult(false)));

        Assert.Equal(ErrorCodes.Declined, exception.Code);
        Assert.False(Directory.Exists(_harness.Destination));
    }

    [Fact]
    public async Task Whoever_is_late_for_a_one_time_share_is_told_that_it_is_over()
    {
        var (ticket, running) = await _harness.ShareAsync(oneTime: true, _limit.Token, "album");
        var first = new TaskCompletionSource();
        var slow = _harness.ReceiveAsync(ticket, consent: async (_, _) =>
        {
            await first.Task;
            return true;
        });
        var other = new ReceiveSession(_harness.Services, _harness.Request(ticket, ConflictRule.Rename, null, null) with { Destination = Path.Combine(_harness.Folder.Path, "other") }, new EventLog());

        await other.RunAsync();
        await running;
        first.SetResult();

        Assert.Equal(ErrorCodes.ShareOver, (await Assert.ThrowsAsync<TransferAbortedException>(() => slow)).Code);
    }

    [Fact]
    public async Task What_is_there_already_is_not_fetched_when_skipping()
    {
        var (ticket, _) = await _harness.ShareAsync(oneTime: false, _limit.Token, "album");
        _harness.Folder.Write("in/album/big.bin", "mine");

        var completed = await _harness.ReceiveAsync(ticket, ConflictRule.Skip);

        Assert.Equal(1, completed.Files);
        Assert.Equal(5, completed.FetchedBytes);
        Assert.Equal("mine", await File.ReadAllTextAsync(Path.Combine(_harness.Destination, "album", "big.bin")));
    }

    [Fact]
    public async Task A_second_process_for_the_same_share_and_folder_is_told_so()
    {
        var (ticket, _) = await _harness.ShareAsync(oneTime: false, _limit.Token, "album");
        using var store = Blobs.Stores.Partial.PartialStore.Open(Directory.CreateDirectory(_harness.Destination).FullName, ticket.Root);

        Assert.Equal(ErrorCodes.StoreBusy, (await Assert.ThrowsAsync<StorageException>(() => _harness.ReceiveAsync(ticket))).Code);
    }

    [Fact]
    public async Task A_destination_that_can_not_be_written_to_is_named()
    {
        if (!OperatingSystem.IsLinux())
            return;
        var (ticket, _) = await _harness.ShareAsync(oneTime: false, _limit.Token, "album");
        var request = _harness.Request(ticket, ConflictRule.Rename, null, null) with { Destination = "/proc/altsendme" };

        var exception = await Assert.ThrowsAsync<StorageException>(() => new ReceiveSession(_harness.Services, request, new EventLog()).RunAsync());

        Assert.Equal(ErrorCodes.DestinationUnwritable, exception.Code);
        Assert.Contains("/proc/altsendme", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_single_file_goes_to_a_stream_verified()
    {
        var (ticket, running) = await _harness.ShareAsync(oneTime: true, _limit.Token, "album/big.bin");
        using var output = new MemoryStream();

        await new ReceiveSession(_harness.Services, _harness.Request(ticket, ConflictRule.Rename, null, null), _harness.Received).RunAsync(output);
        await running;

        Assert.Equal(_content, output.ToArray());
    }

    [Fact]
    public async Task A_ticket_without_addresses_says_what_to_ask_for()
    {
        var (ticket, _) = await _harness.ShareAsync(oneTime: false, _limit.Token, "album");

        Assert.Equal(ErrorCodes.PeerNoAddress, (await Assert.ThrowsAsync<PeerUnreachableException>(() => _harness.ReceiveAsync(ticket with { Addresses = [] }))).Code);
    }

    [Fact]
    public async Task A_peer_that_nobody_knows_is_unreachable()
    {
        var (ticket, _) = await _harness.ShareAsync(oneTime: false, _limit.Token, "album");

        await Assert.ThrowsAsync<PeerUnreachableException>(() => _harness.ReceiveAsync(ticket with { Endpoint = new EndpointId(new byte[32]) }));
    }

    private sealed class SessionProgress : IProgress<TransferEvent>
    {
        public long PresentBytes { get; private set; }

        public void Report(TransferEvent value) => PresentBytes = value is PreviewReady preview ? preview.PresentBytes : PresentBytes;
    }

    private sealed class FlipAt(long offset)
    {
        private long _seen;

        public ReadOnlyMemory<byte> Apply(ReadOnlyMemory<byte> bytes)
        {
            var start = _seen;
            _seen += bytes.Length;
            if (start > offset || _seen <= offset)
                return bytes;
            var changed = bytes.ToArray();
            changed[offset - start] ^= 1;
            return changed;
        }
    }
}
