using AltSendme.Abstractions;

namespace AltSendme.Plugins.Testing;

/// <summary>What the contract asks of every relay. An author derives a class, says how to start the relay, and the runner finds the tests.</summary>
public abstract class RelayTests
{
    /// <summary>How long a test may take, in milliseconds.</summary>
    protected const int Limit = 60_000;

    private static readonly EndpointId Nobody = new TestIdentity(99).Id;

    /// <summary>Starts a relay for one test, on this machine.</summary>
    protected abstract Task<RelayUnderTest> StartAsync();

    [Fact(Timeout = Limit)]
    public async Task Datagrams_arrive_whole_with_their_sender_and_their_size()
    {
        await using var relay = await StartAsync();
        var (alice, bob) = (await relay.ConnectAsync(1), await relay.ConnectAsync(2));
        foreach (var (length, segment) in new[] { (1, 1), (1200, 1200), (3 * 1200, 1200), ((2 * 1200) + 7, 1200), (1452, 1452) })
        {
            var sent = Pattern.Bytes(length, length);

            var datagrams = await ExchangeAsync(alice, bob, new RelayDatagrams(new TestIdentity(2).Id, sent, segment));

            Assert.Equal(new TestIdentity(1).Id, datagrams.Peer);
            Assert.Equal(sent, datagrams.Contents.ToArray());
            Assert.Equal(Math.Min(segment, length), Math.Min(datagrams.SegmentSize, length));
        }
    }

    [Fact(Timeout = Limit)]
    public async Task Both_sides_may_send_at_once_and_from_several_threads()
    {
        const int Senders = 4;
        const int Each = 25;
        await using var relay = await StartAsync();
        var (alice, bob) = (await relay.ConnectAsync(1), await relay.ConnectAsync(2));
        await ExchangeAsync(alice, bob, new RelayDatagrams(new TestIdentity(2).Id, new byte[10], 10));
        await ExchangeAsync(bob, alice, new RelayDatagrams(new TestIdentity(1).Id, new byte[10], 10));

        var receiving = Task.WhenAll(CountAsync(alice, Senders * Each), CountAsync(bob, Senders * Each));
        await Task.WhenAll(Enumerable.Range(0, Senders).SelectMany(sender => new[] { SendAsync(alice, 2, sender), SendAsync(bob, 1, sender) }));

        Assert.All(await receiving, static seen => Assert.Equal(Senders * Each, seen));

        static Task SendAsync(IRelay tunnel, byte to, int sender) => Task.Run(async () =>
        {
            for (var i = 0; i < Each; i++)
                await tunnel.SendAsync(new RelayDatagrams(new TestIdentity(to).Id, new[] { (byte)sender, (byte)i }, 2));
        });
    }

    [Fact(Timeout = Limit)]
    public async Task The_senders_buffer_is_its_own_again_at_once()
    {
        await using var relay = await StartAsync();
        var (alice, bob) = (await relay.ConnectAsync(1), await relay.ConnectAsync(2));
        var buffer = new byte[] { 1, 2, 3 };

        await alice.SendAsync(new RelayDatagrams(new TestIdentity(2).Id, buffer, 3));
        Array.Clear(buffer);

        Assert.Equal([1, 2, 3], (await ReceiveAsync(bob)).Contents.ToArray());
    }

    [Theory(Timeout = Limit)]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(RelayDatagrams.MaxSegmentSize + 1)]
    public async Task A_size_that_no_datagram_has_is_the_callers_fault(int segment)
    {
        await using var relay = await StartAsync();
        var alice = await relay.ConnectAsync(1);

        await Assert.ThrowsAsync<ArgumentException>(async () => await alice.SendAsync(new RelayDatagrams(Nobody, new byte[RelayDatagrams.MaxSegmentSize + 1], segment)));
    }

    [Fact(Timeout = Limit)]
    public async Task What_goes_to_somebody_who_is_not_there_is_lost_and_harms_nobody()
    {
        await using var relay = await StartAsync();
        var (alice, bob) = (await relay.ConnectAsync(1), await relay.ConnectAsync(2));

        for (var i = 0; i < 100; i++)
            await alice.SendAsync(new RelayDatagrams(Nobody, new byte[100], 100));

        Assert.Equal(7, (await ExchangeAsync(alice, bob, new RelayDatagrams(new TestIdentity(2).Id, new byte[] { 7 }, 1))).Contents.Span[0]);
        Assert.Equal(8, (await ExchangeAsync(bob, alice, new RelayDatagrams(new TestIdentity(1).Id, new byte[] { 8 }, 1))).Contents.Span[0]);
    }

    [Fact(Timeout = Limit)]
    public async Task A_receiver_that_does_not_read_holds_nobody_up()
    {
        await using var relay = await StartAsync();
        var (alice, bob, carol) = (await relay.ConnectAsync(1), await relay.ConnectAsync(2), await relay.ConnectAsync(3));

        for (var i = 0; i < 20_000; i++)
            await alice.SendAsync(new RelayDatagrams(new TestIdentity(2).Id, new byte[1200], 1200));

        Assert.Equal(9, (await ExchangeAsync(alice, carol, new RelayDatagrams(new TestIdentity(3).Id, new byte[] { 9 }, 1))).Contents.Span[0]);
        await ReceiveAsync(bob);
    }

    [Fact(Timeout = Limit)]
    public async Task A_cancelled_receive_loses_nothing()
    {
        await using var relay = await StartAsync();
        var (alice, bob) = (await relay.ConnectAsync(1), await relay.ConnectAsync(2));
        using var stop = new CancellationTokenSource();
        var receiving = bob.ReceiveAsync(new byte[64 * 1024], stop.Token).AsTask();

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => receiving);
        Assert.Equal(5, (await ExchangeAsync(alice, bob, new RelayDatagrams(new TestIdentity(2).Id, new byte[] { 5 }, 1))).Contents.Span[0]);
    }

    [Fact(Timeout = Limit)]
    public async Task A_disposed_tunnel_is_closed_and_ends_its_receiver_and_its_watchers()
    {
        await using var relay = await StartAsync();
        var tunnel = await relay.ConnectAsync(1);
        Assert.Equal(relay.Url, tunnel.Url);
        var receiving = tunnel.ReceiveAsync(new byte[64 * 1024]).AsTask();
        var watching = LastAsync(tunnel);

        await tunnel.DisposeAsync();
        await tunnel.DisposeAsync();

        await Assert.ThrowsAsync<ObjectDisposedException>(() => receiving);
        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await tunnel.ReceiveAsync(new byte[64 * 1024]));
        await watching;
        Assert.Equal(RelayStatus.Closed, tunnel.State.Status);
    }

    [Fact(Timeout = Limit)]
    public async Task A_watcher_that_gives_up_leaves_the_tunnel_as_it_is()
    {
        await using var relay = await StartAsync();
        var (alice, bob) = (await relay.ConnectAsync(1), await relay.ConnectAsync(2));
        using var stop = new CancellationTokenSource();
        var watching = LastAsync(alice, stop.Token);

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => watching);
        await ExchangeAsync(alice, bob, new RelayDatagrams(new TestIdentity(2).Id, new byte[] { 5 }, 1));
    }

    [Fact(Timeout = Limit)]
    public async Task One_that_comes_back_with_the_same_key_gets_what_is_sent_to_it()
    {
        await using var relay = await StartAsync();
        var alice = await relay.ConnectAsync(1);
        await (await relay.ConnectAsync(2)).DisposeAsync();

        var again = await relay.ConnectAsync(2);

        Assert.Equal(6, (await ExchangeAsync(alice, again, new RelayDatagrams(new TestIdentity(2).Id, new byte[] { 6 }, 1))).Contents.Span[0]);
    }

    // A relay may lose what is sent, as UDP may: it is sent again until it arrives.
    private static async Task<RelayDatagrams> ExchangeAsync(IRelay from, IRelay to, RelayDatagrams datagrams)
    {
        using var stop = new CancellationTokenSource();
        var receiving = ReceiveAsync(to);
        for (var attempt = 0; !receiving.IsCompleted && attempt < 100; attempt++)
        {
            await from.SendAsync(datagrams);
            await Task.WhenAny(receiving, Task.Delay(TimeSpan.FromMilliseconds(200), TimeProvider.System, stop.Token));
            if (receiving.IsCompleted && !(await receiving).Contents.Span.SequenceEqual(datagrams.Contents.Span))
                receiving = ReceiveAsync(to);
        }

        await stop.CancelAsync();
        return await receiving;
    }

    // The next datagrams, not what the relay says of absent peers.
    private static async Task<RelayDatagrams> ReceiveAsync(IRelay tunnel)
    {
        var buffer = new byte[64 * 1024];
        while (true)
        {
            var received = await tunnel.ReceiveAsync(buffer);
            if (received.Kind == RelayReceivedKind.Datagrams)
                return received.Datagrams with { Contents = received.Datagrams.Contents.ToArray() };
        }
    }

    private static async Task<int> CountAsync(IRelay tunnel, int wanted)
    {
        var seen = new HashSet<(byte, byte)>();
        while (seen.Count < wanted)
        {
            var datagrams = await ReceiveAsync(tunnel);
            for (var position = 0; position + 1 < datagrams.Contents.Length && datagrams.SegmentSize == 2; position += 2)
                seen.Add((datagrams.Contents.Span[position], datagrams.Contents.Span[position + 1]));
        }

        return seen.Count;
    }

    private static async Task<RelayState?> LastAsync(IRelay tunnel, CancellationToken cancellationToken = default)
    {
        RelayState? last = null;
        await foreach (var state in tunnel.WatchStateAsync(cancellationToken))
            last = state;
        return last;
    }
}
