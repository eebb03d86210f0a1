using System.Runtime.CompilerServices;
using AltSendme.Abstractions;
using AltSendme.Core.Identity;
using AltSendme.Core.Plugins;
using AltSendme.Core.Policy;
using AltSendme.Core.Progress;
using AltSendme.Core.Relays;
using AltSendme.Core.Settings;
using AltSendme.Core.Tests.Sessions;
using AltSendme.TestKit;
using Microsoft.Extensions.Configuration;

namespace AltSendme.Core.Tests.Relays;

public sealed class RelayPoolTests : IAsyncDisposable
{
    private static readonly Uri Own = new("https://relay.example/");

    private readonly EndpointKey _key = EndpointKey.Generate();
    private readonly VirtualTime _time = new();
    private readonly List<FakeRelay> _opened = [];
    private readonly Dictionary<Uri, TimeSpan> _latencies = [];
    private readonly List<PluginHost> _hosts = [];
    private int _measured;

    [Fact]
    public async Task One_tunnel_serves_all_who_open_a_relay_and_ends_with_the_last()
    {
        await using var pool = Pool(Custom(Own));

        var first = await pool.OpenAsync(Own);
        var second = await pool.OpenAsync(new Uri("https://relay.example./"));
        await first.DisposeAsync();
        await first.DisposeAsync();

        Assert.False(Assert.Single(_opened).IsDisposed);
        await second.DisposeAsync();
        Assert.True(_opened[0].IsDisposed);
    }

    [Fact]
    public async Task A_token_is_shown_to_its_own_relay_only()
    {
        await using var pool = Pool(Custom(Own));

        await pool.OpenAsync(Own);
        await pool.OpenAsync(new Uri("https://of-the-ticket.example/"));

        Assert.Equal(["a secret", null], _opened.Select(static relay => relay.Context.AccessToken));
    }

    [Fact]
    public async Task Relays_that_are_switched_off_are_not_opened_and_the_message_says_who_decided()
    {
        await using var pool = Pool(new RelaySettings { Mode = RelayMode.Disabled });

        var refusal = await Assert.ThrowsAsync<PolicyException>(async () => await pool.OpenAsync(Own));

        Assert.Contains("--relay disabled", refusal.Message, StringComparison.Ordinal);
        Assert.Empty(_opened);
        Assert.Empty(Assert.Single(await TakeAsync(pool, 1)));
    }

    [Fact]
    public async Task A_transport_whose_manifest_does_not_list_relays_gets_none()
    {
        await using var pool = Pool(new RelaySettings());
        var access = pool.For(Manifest(PluginKind.Transport, "ip"));

        await Assert.ThrowsAsync<PluginException>(async () => await access.OpenAsync(Own));
        Assert.Empty(Assert.Single(await TakeAsync(access, 1)));
        Assert.Equal(0, _measured);
        Assert.Same(pool, pool.For(Manifest(PluginKind.Transport, "ip", "relay")));
    }

    [Fact]
    public async Task A_single_relay_is_preferred_without_being_measured()
    {
        await using var pool = Pool(Custom(Own));

        Assert.Equal([Own], Assert.Single(await TakeAsync(pool, 1)));
        Assert.Equal(0, _measured);
    }

    [Fact]
    public async Task Of_several_relays_the_nearest_is_preferred_and_a_change_is_told()
    {
        Uri[] relays = [new("https://far.example/"), new("https://near.example/")];
        (_latencies[relays[0]], _latencies[relays[1]]) = (TimeSpan.FromMilliseconds(90), TimeSpan.FromMilliseconds(10));
        await using var pool = Pool(Custom(relays));
        await using var preferred = pool.WatchPreferredAsync().GetAsyncEnumerator();

        Assert.True(await preferred.MoveNextAsync());
        Assert.Equal(relays[1], preferred.Current[0]);

        (_latencies[relays[0]], _latencies[relays[1]]) = (TimeSpan.FromMilliseconds(2), TimeSpan.FromMilliseconds(90));
        await UntilNextAsync(preferred);
        Assert.Equal(relays[0], preferred.Current[0]);
    }

    [Fact]
    public async Task Public_relays_take_the_place_of_ones_own_only_where_the_user_says_so_while_none_answers_and_aloud()
    {
        foreach (var other in DefaultRelays.Urls)
            _latencies[other] = TimeSpan.FromMilliseconds(20);
        var told = new EventLog();
        var settings = Custom(Own);
        settings.WhenUnreachable = RelayFallback.Public;
        await using var pool = Pool(settings, told);
        await using var preferred = pool.WatchPreferredAsync().GetAsyncEnumerator();

        Assert.True(await preferred.MoveNextAsync());
        Assert.Contains(preferred.Current[0], DefaultRelays.Urls);
        Assert.Contains("The public relays are used", Assert.Single(told.Of<RelayTrouble>()).Reason, StringComparison.Ordinal);

        _latencies[Own] = TimeSpan.FromMilliseconds(200);
        await UntilNextAsync(preferred);
        Assert.Equal([Own], preferred.Current);
    }

    [Theory]
    [InlineData(RelayFallback.Direct)]
    [InlineData(RelayFallback.Stop)]
    public async Task Otherwise_no_public_relay_is_as_much_as_asked(RelayFallback rule)
    {
        var settings = Custom(Own);
        settings.WhenUnreachable = rule;
        await using var pool = Pool(settings);

        Assert.Equal([Own], Assert.Single(await TakeAsync(pool, 1)));
        Assert.Equal(0, _measured);
    }

    [Fact]
    public async Task A_scheme_that_no_plugin_serves_is_named()
    {
        await using var pool = Pool(new RelaySettings());

        var fault = await Assert.ThrowsAsync<PluginException>(async () => await pool.OpenAsync(new Uri("http://relay.example/")));

        Assert.Equal("plugin.no-relay", fault.Code);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var host in _hosts)
            await host.DisposeAsync();
        _key.Dispose();
    }

    private static RelaySettings Custom(params Uri[] relays)
    {
        var settings = new RelaySettings { Mode = RelayMode.Custom };
        foreach (var relay in relays)
            settings.Custom.Add(new RelayEntry { Url = relay.ToString(), Token = "a secret" });
        return settings;
    }

    private static PluginManifest Manifest(PluginKind kind, params string[] schemes) =>
        new() { Id = "test.plugin", Kind = kind, Schemes = schemes, Version = "1", ContractVersion = ContractVersion.Current, Assembly = "x.dll", Type = "X" };

    private static async Task<List<IReadOnlyList<Uri>>> TakeAsync(IRelayAccess access, int count)
    {
        var lists = new List<IReadOnlyList<Uri>>();
        await foreach (var list in access.WatchPreferredAsync())
        {
            lists.Add(list);
            if (lists.Count == count)
                break;
        }

        return lists;
    }

    private async Task UntilNextAsync(IAsyncEnumerator<IReadOnlyList<Uri>> preferred)
    {
        var next = preferred.MoveNextAsync();
        while (!next.IsCompleted)
        {
            _time.Advance(HomeRelay.Interval);
            await Task.Yield();
        }

        Assert.True(await next);
    }

    private RelayPool Pool(RelaySettings settings, IProgress<TransferEvent>? progress = null)
    {
        var offer = new PluginOffer
        {
            Relay = context =>
            {
                var relay = new FakeRelay(context);
                _opened.Add(relay);
                return relay;
            },
            MeasureRelay = (relay, _) =>
            {
                _measured++;
                return ValueTask.FromResult(new RelayReport(_latencies.TryGetValue(relay, out var latency) ? latency : null));
            },
        };
        var options = new PluginHostOptions { Configuration = new ConfigurationBuilder().Build(), StateFolder = Path.GetTempPath(), TimeProvider = _time };
        var host = new PluginHost([], options, [new LoadedPlugin(Manifest(PluginKind.Relay, "https"), offer)]);
        _hosts.Add(host);
        return new RelayPool(_key, host, settings, new PolicyDecisionPoint(EffectivePolicy.None), RelayUse.Sending, _time, progress);
    }

    private sealed class FakeRelay(RelayContext context) : IRelay
    {
        public RelayContext Context => context;

        public bool IsDisposed { get; private set; }

        public Uri Url => context.Url;

        public RelayState State => new(RelayStatus.Connected);

        public async IAsyncEnumerable<RelayState> WatchStateAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
        {
            await Task.CompletedTask;
            yield return State;
        }

        public ValueTask SendAsync(RelayDatagrams datagrams, CancellationToken cancellationToken = default) => ValueTask.CompletedTask;

        public ValueTask<RelayReceived> ReceiveAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => throw new NotSupportedException();

        public ValueTask DisposeAsync()
        {
            IsDisposed = true;
            return ValueTask.CompletedTask;
        }
    }
}
