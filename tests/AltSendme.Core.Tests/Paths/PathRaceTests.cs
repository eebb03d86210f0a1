using System.Net;
using System.Runtime.CompilerServices;
using AltSendme.Abstractions;
using AltSendme.Core.Identity;
using AltSendme.Core.Paths;
using AltSendme.Core.Plugins;
using AltSendme.Core.Policy;
using AltSendme.TestKit;

namespace AltSendme.Core.Tests.Paths;

public sealed class PathRaceTests
{
    private static readonly Candidate Somewhere = new(EndpointAddress.FromIp(new IPEndPoint(IPAddress.Loopback, 4433)), CandidateSource.Ticket);

    private readonly VirtualTime _time = new();
    private readonly EndpointId _remote = EndpointKey.Generate().Id;

    [Fact]
    public async Task The_second_transport_waits_a_quarter_of_a_second_for_the_first()
    {
        ScriptedTransport first = new(), second = new();
        var dial = DialAsync(first, second);

        Assert.Equal((1, 0), (first.Dials, second.Dials));
        _time.Advance(PathRace.Stagger - TimeSpan.FromTicks(1));
        Assert.Equal(0, second.Dials);
        _time.Advance(TimeSpan.FromTicks(1));
        await second.Dialled;

        var won = second.Succeed();
        Assert.Same(won, await dial);
        Assert.True(first.WasCancelled);
    }

    [Fact]
    public async Task A_transport_that_fails_gives_the_rest_of_its_head_start_away()
    {
        ScriptedTransport first = new(), second = new();
        var dial = DialAsync(first, second);

        first.Fail("no UDP here");
        await second.Dialled;

        Assert.Same(second.Succeed(), await dial);
    }

    [Fact]
    public async Task A_quick_first_transport_leaves_the_second_alone()
    {
        ScriptedTransport first = new(), second = new();
        var dial = DialAsync(first, second);

        Assert.Same(first.Succeed(), await dial);
        Assert.Equal(0, second.Dials);
    }

    [Fact]
    public async Task What_a_loser_still_brings_is_closed()
    {
        ScriptedTransport first = new(), second = new() { IgnoresCancellation = true };
        var dial = DialAsync(first, second);
        _time.Advance(PathRace.Stagger);
        await second.Dialled;

        var won = first.Succeed();
        await second.Cancelled;
        var late = second.Succeed();

        Assert.Same(won, await dial);
        Assert.True(late.Closed.IsCompleted);
        Assert.False(won.Closed.IsCompleted);
    }

    [Fact]
    public async Task When_all_fail_the_message_has_what_each_says()
    {
        ScriptedTransport first = new(), second = new();
        var dial = DialAsync(first, second);
        first.Fail("no UDP here");
        await second.Dialled;
        second.Fail("the port is closed");

        var exception = await Assert.ThrowsAsync<PeerUnreachableException>(() => dial);

        Assert.Contains("no UDP here", exception.Message, StringComparison.Ordinal);
        Assert.Contains("the port is closed", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_gives_up_waits_for_no_transport()
    {
        using var cancel = new CancellationTokenSource();
        ScriptedTransport first = new(), second = new();
        var dial = PathRace.DialAsync([first, second], _remote, new[] { Somewhere }.ToAsyncEnumerable(), Alpn.Blobs, static _ => PolicyVerdict.Allowed, _time, cancel.Token);

        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => dial);
        Assert.Equal(0, second.Dials);
    }

    [Fact]
    public async Task Every_transport_sees_the_same_addresses_also_one_that_starts_late()
    {
        ScriptedTransport first = new(), second = new();
        var dial = DialAsync(first, second);
        _time.Advance(PathRace.Stagger);
        await second.Dialled;
        second.Succeed();
        await dial;

        Assert.Equal([Somewhere], first.Seen);
        Assert.Equal([Somewhere], second.Seen);
    }

    [Fact]
    public async Task Of_endless_candidates_a_bounded_number_is_passed_on()
    {
        var feed = new CandidateFeed(1, static _ => PolicyVerdict.Allowed);
        await feed.PumpAsync(Endless(), CancellationToken.None);

        Assert.Equal(CandidateFeed.MaxCandidates, await feed.Reader(0, CancellationToken.None).CountAsync());
    }

    [Fact]
    public void Iroh_comes_before_tls_and_a_setting_turns_that_round()
    {
        var found = new[] { Plugin("altsendme.tls"), Plugin("com.example.broker"), Plugin("altsendme.iroh") };

        Assert.Equal(["altsendme.iroh", "altsendme.tls", "com.example.broker"], TransportOrder.Sort(found, []).Select(static plugin => plugin.Manifest.Id));
        Assert.Equal(["com.example.broker", "altsendme.tls", "altsendme.iroh"], TransportOrder.Sort(found, ["com.example.broker", "TLS"]).Select(static plugin => plugin.Manifest.Id));
        Assert.Equal(["iroh", "tls"], TransportOrder.Sort([Plugin("tls"), Plugin("iroh")], []).Select(static plugin => plugin.Manifest.Id));
    }

    private Task<IConnection> DialAsync(params ITransport[] transports) =>
        PathRace.DialAsync(transports, _remote, new[] { Somewhere }.ToAsyncEnumerable(), Alpn.Blobs, static _ => PolicyVerdict.Allowed, _time, CancellationToken.None);

    private static async IAsyncEnumerable<Candidate> Endless([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        for (var i = 0; ; i++)
        {
            await Task.Yield();
            cancellationToken.ThrowIfCancellationRequested();
            yield return new Candidate(EndpointAddress.FromIp(new IPEndPoint(i, 1 + (i % 60_000))), CandidateSource.Ticket);
        }
    }

    private static LoadedPlugin Plugin(string id) => new(
        new PluginManifest { Id = id, Kind = PluginKind.Transport, Schemes = ["ip"], Version = "1", ContractVersion = ContractVersion.Current, Assembly = "a.dll", Type = "A" },
        new PluginOffer());

    /// <summary>Dials when the test says how it ends.</summary>
    private sealed class ScriptedTransport : ITransport
    {
        private readonly TaskCompletionSource<IConnection> _result = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource _dialled = new(TaskCreationOptions.RunContinuationsAsynchronously);

        private readonly TaskCompletionSource _cancelled = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public bool IgnoresCancellation { get; init; }

        public int Dials { get; private set; }

        public Task Dialled => _dialled.Task.WaitAsync(TimeSpan.FromSeconds(20));

        public bool WasCancelled { get; private set; }

        public Task Cancelled => _cancelled.Task.WaitAsync(TimeSpan.FromSeconds(20));

        public List<Candidate> Seen { get; } = [];

        public MemoryConnection Succeed()
        {
            var key = EndpointKey.Generate();
            var network = new MemoryNetwork();
            var connection = MemoryConnection.Between(network, key.Id, key.Id, Alpn.Blobs).Dialled;
            _result.SetResult(connection);
            return connection;
        }

        public void Fail(string reason) => _result.SetException(new PeerUnreachableException("peer.unreachable", reason));

        public async ValueTask<IConnection> DialAsync(EndpointId remote, IAsyncEnumerable<Candidate> candidates, Alpn protocol, CancellationToken cancellationToken = default)
        {
            Dials++;
            using var registration = cancellationToken.Register(() => _cancelled.TrySetResult());
            await foreach (var candidate in candidates.WithCancellation(cancellationToken))
                Seen.Add(candidate);
            _dialled.TrySetResult();
            try
            {
                return await (IgnoresCancellation ? _result.Task : _result.Task.WaitAsync(cancellationToken));
            }
            catch (OperationCanceledException)
            {
                WasCancelled = true;
                throw;
            }
        }

        public ValueTask<int?> ListenAsync(ListenOptions options, CancellationToken cancellationToken = default) => ValueTask.FromResult<int?>(null);

        public IAsyncEnumerable<IConnection> AcceptAsync(CancellationToken cancellationToken = default) => AsyncEnumerable.Empty<IConnection>();

        public IAsyncEnumerable<IReadOnlyList<EndpointAddress>> WatchAddressesAsync(CancellationToken cancellationToken = default) => AsyncEnumerable.Empty<IReadOnlyList<EndpointAddress>>();

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
