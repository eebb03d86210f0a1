using System.Buffers;
using AltSendme.Abstractions;
using AltSendme.Blobs.Bao;
using AltSendme.Blobs.Protocol.Requests;
using AltSendme.Core.Progress;
using AltSendme.Core.Receiving;
using AltSendme.Core.Sending;
using AltSendme.Core.Tickets;
using AltSendme.Primitives.Encoding;
using AltSendme.TestKit;

namespace AltSendme.Core.Tests.Sessions;

/// <summary>Many receivers of one share at once, some of which mean harm: none of them costs another one anything.</summary>
public sealed class BroadcastTests : IAsyncLifetime
{
    private const int Size = 4_000_000;

    private readonly SessionHarness _harness = new();
    private readonly CancellationTokenSource _limit = new(TimeSpan.FromMinutes(1));
    private BlobTicket _ticket = null!;
    private Task _running = null!;

    public async Task InitializeAsync()
    {
        var content = new byte[Size];
        Seeds.Random().NextBytes(content);
        _harness.Folder.Write("big.bin", content);
        (_ticket, _running) = await _harness.ShareAsync(oneTime: false, _limit.Token, "big.bin");
    }

    public async Task DisposeAsync()
    {
        await _limit.CancelAsync();
        await _harness.DisposeAsync();
        _limit.Dispose();
    }

    [Fact]
    public async Task Eight_receivers_at_once_get_everything_each_with_its_own_progress()
    {
        await Task.WhenAll(Enumerable.Range(0, 8).Select(ReceiveAsync));
        await CompletedAsync(8);

        var completed = _harness.Sent.Of<ReceiverCompleted>();
        Assert.Equal(8, completed.Select(static receiver => receiver.Peer).Distinct().Count());
        Assert.Equal(Enumerable.Range(1, 8), completed.Select(static receiver => receiver.Receiver).Order());
        Assert.All(completed, receiver => Assert.Equal(Size, _harness.Sent.Of<ReceiverProgressed>().Last(progress => progress.Receiver == receiver.Receiver && progress.Peer == receiver.Peer).Bytes));
        Assert.False(_running.IsCompleted);
    }

    [Fact]
    public async Task Receivers_that_never_read_slow_nobody_down()
    {
        for (var i = 0; i < 5; i++)
        {
            var connection = await new IrohReceiver(_harness.Network, _ticket).ConnectAsync(_limit.Token);
            for (var stream = 0; stream < 16; stream++)
                await IrohReceiver.AskAndForgetAsync(connection, Everything(), _limit.Token);
        }

        await ReceiveAsync(0);
    }

    [Fact]
    public async Task Ten_thousand_requests_of_one_receiver_cost_the_others_nothing()
    {
        var connection = await new IrohReceiver(_harness.Network, _ticket).ConnectAsync(_limit.Token);
        for (var i = 0; i < 10_000; i++)
            await IrohReceiver.AskAndForgetAsync(connection, Everything(), _limit.Token);

        await ReceiveAsync(0);

        await connection.CloseAsync(CloseCode.None, "", _limit.Token);
    }

    [Fact]
    public async Task A_mebibyte_of_ranges_is_answered_and_more_is_refused()
    {
        var connection = await new IrohReceiver(_harness.Network, _ticket).ConnectAsync(_limit.Token);

        var answer = await IrohReceiver.AskAsync(connection, Crumbs(480_000), _limit.Token);

        // Every second chunk of what there is, and then nothing: the rest of the ranges lies beyond the end.
        Assert.InRange(answer, Size / 2, Size * 2);
        await Assert.ThrowsAsync<StreamAbortedException>(() => IrohReceiver.AskAsync(connection, Crumbs(600_000), _limit.Token));
        await ReceiveAsync(0);
    }

    [Fact]
    public async Task Streams_that_ask_for_nothing_and_streams_that_are_aborted_are_survived()
    {
        var connection = await new IrohReceiver(_harness.Network, _ticket).ConnectAsync(_limit.Token);
        for (var i = 0; i < 2000; i++)
        {
            await using var stream = await connection.OpenStreamAsync(_limit.Token);
            if (i % 2 == 0)
                stream.Abort(new CloseCode(7));
        }

        Assert.True(await IrohReceiver.AskAsync(connection, Everything(), _limit.Token) > Size);
        await ReceiveAsync(0);
    }

    [Fact]
    public async Task One_receiver_has_eight_connections_and_no_more()
    {
        using var receiver = new IrohReceiver(_harness.Network, _ticket);
        for (var i = 0; i < ReceiverRoster.MaxOfOne; i++)
            await receiver.ConnectAsync(_limit.Token);

        var closure = await (await receiver.ConnectAsync(_limit.Token)).Closed.WaitAsync(_limit.Token);

        Assert.Equal((CloseInitiator.Peer, 19UL), (closure.Initiator, closure.Code.Value));
        await ReceiveAsync(0);
    }

    [Fact]
    public async Task A_receiver_that_finds_no_room_comes_back_by_itself()
    {
        var receivers = new List<IConnection>();
        for (var i = 0; i < ReceiverRoster.MaxConnections; i++)
            receivers.Add(await new IrohReceiver(_harness.Network, _ticket).ConnectAsync(_limit.Token));
        _harness.Received.Reported += value =>
        {
            if (value is Reconnecting)
                _ = receivers[0].CloseAsync(CloseCode.None, "").AsTask();
        };

        await ReceiveAsync(0);

        Assert.NotEmpty(_harness.Received.Of<Reconnecting>());
    }

    [Fact]
    public async Task Several_blobs_and_what_is_there_can_be_asked_for_on_one_connection()
    {
        var connection = await new IrohReceiver(_harness.Network, _ticket).ConnectAsync(_limit.Token);

        Assert.InRange(await IrohReceiver.AskAsync(connection, new GetManyRequest([_ticket.Root, _ticket.Root], ChunkRangesSequence.All).Encode(), _limit.Token), 2 * (64 + 8), 2 * (64 + 8));
        Assert.Equal(4, await IrohReceiver.AskAsync(connection, new ObserveRequest(_ticket.Root, ChunkRanges.All).Encode(), _limit.Token));
        Assert.Equal(3, await IrohReceiver.AskAsync(connection, new ObserveRequest(default, ChunkRanges.All).Encode(), _limit.Token));
        Assert.Equal(0, await IrohReceiver.AskAsync(connection, new GetRequest(default, ChunkRangesSequence.All).Encode(), _limit.Token));
        await Assert.ThrowsAsync<StreamAbortedException>(() => IrohReceiver.AskAsync(connection, new PushRequest(_ticket.Root, ChunkRangesSequence.All).Encode(), _limit.Token));
    }

    [Fact]
    public async Task Two_requests_on_one_stream_get_the_answer_to_the_first()
    {
        var connection = await new IrohReceiver(_harness.Network, _ticket).ConnectAsync(_limit.Token);
        var list = new GetRequest(_ticket.Root, ChunkRangesSequence.RootOnly).Encode();

        Assert.Equal(8 + 64, await IrohReceiver.AskAsync(connection, [.. list, .. Everything()], _limit.Token));
    }

    private byte[] Everything() => new GetRequest(_ticket.Root, ChunkRangesSequence.All).Encode();

    /// <summary>Of the file every second chunk, so many times: one byte each.</summary>
    private byte[] Crumbs(int pairs)
    {
        var output = new ArrayBufferWriter<byte>();
        var writer = new PostcardWriter(output);
        writer.WriteByte((byte)RequestKind.Get);
        writer.WriteFixed(Blobs.Hash.AsSpan(_ticket.Root));
        writer.WriteVarUInt64(2);
        writer.WriteVarUInt64(2);
        writer.WriteVarUInt64((ulong)pairs * 2);
        for (var i = 0; i < pairs * 2; i++)
            writer.WriteVarUInt64(1);
        writer.WriteVarUInt64(1);
        writer.WriteVarUInt64(0);
        return output.WrittenSpan.ToArray();
    }

    private Task<ReceiveCompleted> ReceiveAsync(int number)
    {
        var request = _harness.Request(_ticket, ConflictRule.Rename, null, null) with { Destination = Path.Combine(_harness.Folder.Path, $"in{number}"), AskForPreview = false };
        return new ReceiveSession(_harness.Services, request, _harness.Received).RunAsync(_limit.Token);
    }

    private async Task CompletedAsync(int count)
    {
        while (_harness.Sent.Of<ReceiverCompleted>().Count < count)
            await Task.Delay(10, _limit.Token);
    }
}
