using AltSendme.Abstractions;
using AltSendme.Core.Errors;
using AltSendme.Core.Progress;
using AltSendme.Core.Receiving;
using AltSendme.Core.Tickets;
using AltSendme.TestKit;

namespace AltSendme.Core.Tests.Sessions;

/// <summary>One content from several senders at once, some of which are no good.</summary>
public sealed class SeveralSendersTests : IAsyncLifetime
{
    private const int Size = 5_000_000;

    private readonly SessionHarness _harness = new();
    private readonly CancellationTokenSource _limit = new(TimeSpan.FromMinutes(1));
    private readonly byte[] _content = new byte[Size];

    public Task InitializeAsync()
    {
        Seeds.Random().NextBytes(_content);
        _harness.Folder.Write("album/big.bin", _content);
        _harness.Folder.Write("album/empty", "");
        for (var i = 0; i < 50; i++)
            _harness.Folder.Write($"album/small/{i}.txt", $"small {i}");
        return Task.CompletedTask;
    }

    public async Task DisposeAsync()
    {
        await _limit.CancelAsync();
        await _harness.DisposeAsync();
        _limit.Dispose();
    }

    [Fact]
    public async Task Two_senders_are_fetched_from_at_once_and_both_one_time_shares_end()
    {
        var (first, firstRunning) = await _harness.ShareAsync(oneTime: true, _limit.Token, "album");
        var (second, secondRunning) = await _harness.ShareAsync(oneTime: true, _limit.Token, "album");

        var completed = await ReceiveAsync(first, second);
        await Task.WhenAll(firstRunning, secondRunning);

        AssertArrived(completed);
        Assert.Equal(2, _harness.Sent.Of<ReceiverCompleted>().Count);
    }

    [Fact]
    public async Task A_sender_that_lies_is_dropped_by_name_and_the_other_gives_all()
    {
        var (honest, running) = await _harness.ShareAsync(oneTime: true, _limit.Token, "album");
        var liar = await ServeAsync(honest, static async stream =>
        {
            var noise = new byte[64 * 1024];
            noise[0] = 96;
            await stream.Output.WriteAsync(noise);
            await stream.Output.CompleteAsync();
        });

        var completed = await ReceiveAsync(liar, honest);
        await running;

        AssertArrived(completed);
        Assert.Equal(liar.Endpoint.ToShortString(), Assert.Single(_harness.Received.Of<SenderDropped>()).Peer);
    }

    [Fact]
    public async Task A_sender_that_closes_early_again_and_again_is_dropped_by_name()
    {
        var (honest, running) = await _harness.ShareAsync(oneTime: true, _limit.Token, "album");
        var quitter = await ServeAsync(honest, static async stream => await stream.Output.CompleteAsync());

        AssertArrived(await ReceiveAsync(honest, quitter));
        await running;

        Assert.Contains(quitter.Endpoint.ToShortString(), _harness.Received.Of<SenderDropped>().Select(static dropped => dropped.Peer));
    }

    [Fact]
    public async Task A_sender_that_is_not_there_is_dropped_by_name()
    {
        var (honest, running) = await _harness.ShareAsync(oneTime: true, _limit.Token, "album");
        var dead = honest with { Endpoint = new EndpointId(new byte[32]) };

        AssertArrived(await ReceiveAsync(dead, honest));
        await running;

        Assert.Equal(dead.Endpoint.ToShortString(), Assert.Single(_harness.Received.Of<SenderDropped>()).Peer);
    }

    [Fact]
    public async Task A_sender_that_never_answers_holds_nothing_up()
    {
        var (honest, running) = await _harness.ShareAsync(oneTime: true, _limit.Token, "album");
        var silent = await ServeAsync(honest, static stream => Task.Delay(Timeout.Infinite));

        AssertArrived(await ReceiveAsync(silent, honest));
        await running;
    }

    [Fact]
    public async Task A_sender_that_never_answers_is_dropped_by_name_when_its_time_is_over()
    {
        var (honest, running) = await _harness.ShareAsync(oneTime: true, _limit.Token, "album");
        var silent = await ServeAsync(honest, static stream => Task.Delay(Timeout.Infinite));
        var dropped = new TaskCompletionSource();
        _harness.Network.Tamper = bytes =>
        {
            // The honest sender is slow, though never silent for as long as the other one, until that has been given up. This blocks threads of the pool, so that the gaps are longer than the waits.
            dropped.Task.Wait(TimeSpan.FromMilliseconds(300));
            return bytes;
        };
        _harness.Received.Reported += value =>
        {
            if (value is SenderDropped)
                dropped.TrySetResult();
        };

        var request = Request(TimeSpan.FromSeconds(1), silent, honest) with { StallAfter = TimeSpan.FromSeconds(4) };
        AssertArrived(await new ReceiveSession(_harness.Services, request, _harness.Received).RunAsync(_limit.Token));
        await running;

        Assert.Equal(silent.Endpoint.ToShortString(), Assert.Single(_harness.Received.Of<SenderDropped>()).Peer);
    }

    [Fact]
    public async Task When_none_is_left_all_are_named_and_nothing_stands_at_the_destination()
    {
        var (honest, _) = await _harness.ShareAsync(oneTime: true, _limit.Token, "album");
        var first = honest with { Endpoint = new EndpointId(new byte[32]) };
        var second = await ServeAsync(honest, static async stream => await stream.Output.CompleteAsync());

        var exception = await Assert.ThrowsAsync<PeerUnreachableException>(() => ReceiveAsync(first, second));

        Assert.Equal(ErrorCodes.NoSenderLeft, exception.Code);
        Assert.Contains(first.Endpoint.ToShortString(), exception.Message, StringComparison.Ordinal);
        Assert.Contains(second.Endpoint.ToShortString(), exception.Message, StringComparison.Ordinal);
        Assert.Empty(_harness.Arrived());
    }

    [Fact]
    public async Task What_was_verified_before_all_were_lost_is_not_fetched_again()
    {
        var (first, _) = await _harness.ShareAsync(oneTime: false, _limit.Token, "album");
        var (second, _) = await _harness.ShareAsync(oneTime: false, _limit.Token, "album");
        _harness.Network.Tamper = bytes =>
        {
            if (_harness.Network.BytesServed > Size / 2 && !_harness.Network.IsDown)
            {
                _harness.Network.IsDown = true;
                _harness.Network.CutAll();
            }

            return bytes;
        };
        await Assert.ThrowsAsync<PeerUnreachableException>(() => Session(TimeSpan.Zero, first, second).RunAsync(_limit.Token));
        _harness.Network.IsDown = false;
        _harness.Network.Tamper = null;
        var log = new EventLog();

        var completed = await new ReceiveSession(_harness.Services, Request(TimeSpan.FromSeconds(30), first, second), log).RunAsync(_limit.Token);

        var present = Assert.Single(log.Of<PreviewReady>()).PresentBytes;
        Assert.InRange(present, Size / 8, Size);
        Assert.Equal(completed.Bytes - present, completed.FetchedBytes);
    }

    [Fact]
    public async Task Tickets_for_different_content_are_refused_before_anybody_is_called()
    {
        _harness.Folder.Write("other.txt", "other");
        var (first, _) = await _harness.ShareAsync(oneTime: true, _limit.Token, "album");
        var (second, _) = await _harness.ShareAsync(oneTime: true, _limit.Token, "other.txt");

        Assert.Equal(TicketCodes.OtherContent, (await Assert.ThrowsAsync<TicketException>(() => ReceiveAsync(first, second))).Code);
        Assert.Equal(0, _harness.Network.Dials);
    }

    [Fact]
    public async Task Two_tickets_of_one_sender_are_one_sender()
    {
        var (ticket, running) = await _harness.ShareAsync(oneTime: true, _limit.Token, "album");

        AssertArrived(await ReceiveAsync(ticket, ticket with { Addresses = [] }));
        await running;

        Assert.Equal(1, _harness.Network.Dials);
    }

    [Fact]
    public async Task A_single_file_goes_to_a_stream_from_the_next_sender_when_one_fails()
    {
        var (honest, running) = await _harness.ShareAsync(oneTime: true, _limit.Token, "album/big.bin");
        var dead = honest with { Endpoint = new EndpointId(new byte[32]) };
        using var output = new MemoryStream();

        await Session(TimeSpan.FromSeconds(30), dead, honest).RunAsync(output, _limit.Token);
        await running;

        Assert.Equal(_content, output.ToArray());
    }

    private Task<BlobTicket> ServeAsync(BlobTicket like, Func<IByteStream, Task> answer) => _harness.ServeAsync(like.Root, answer);

    private Task<ReceiveCompleted> ReceiveAsync(params BlobTicket[] tickets) => Session(TimeSpan.FromSeconds(30), tickets).RunAsync(_limit.Token);

    private ReceiveSession Session(TimeSpan retryFor, params BlobTicket[] tickets) => new(_harness.Services, Request(retryFor, tickets), _harness.Received);

    private ReceiveRequest Request(TimeSpan retryFor, params BlobTicket[] tickets) =>
        _harness.Request(tickets[0], ConflictRule.Rename, null, retryFor) with { MoreTickets = tickets[1..], StallAfter = TimeSpan.FromSeconds(1), AskForPreview = false };

    private void AssertArrived(ReceiveCompleted completed)
    {
        Assert.Equal(52, completed.Files);
        Assert.Equal(52, _harness.Arrived().Count);
        Assert.Equal(_content, File.ReadAllBytes(Path.Combine(_harness.Destination, "album", "big.bin")));
        Assert.Equal("small 49", File.ReadAllText(Path.Combine(_harness.Destination, "album", "small", "49.txt")));
    }
}
