using System.Net;
using AltSendme.Abstractions;
using AltSendme.Discovery.Pkarr.Packets;
using AltSendme.Discovery.Pkarr.Publishing;
using AltSendme.Discovery.Pkarr.Web;
using AltSendme.Discovery.Testing;
using AltSendme.Dns;
using AltSendme.Primitives.Encoding;
using AltSendme.TestKit;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace AltSendme.Discovery.Pkarr.Tests;

/// <summary>The plugin as the host has it, with a server that verifies what it is given.</summary>
public sealed class PkarrDiscoveryTests : IAsyncDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);
    private static readonly SeededIdentity Alice = new(1);
    private static readonly SeededIdentity Bob = new(2);
    private static readonly string AlicesName = ZBase32.Encode(Alice.Id.ToArray());
    private static readonly EndpointAddress Relay = EndpointAddress.FromRelay(new Uri("https://relay.example/"));
    private static readonly EndpointAddress Socket = EndpointAddress.FromIp(new IPEndPoint(IPAddress.Parse("192.0.2.1"), 4433));

    private readonly VirtualTime _time = new();
    private readonly TestPkarrServer _server = TestPkarrServer.Start();
    private readonly TemporaryFolder _folder = new();
    private readonly List<IAsyncDisposable> _owned = [];

    public static TheoryData<string> BadPackets => ["forged", "of somebody else", "cut", "too long", "empty", "older"];

    [Fact]
    public async Task Who_is_announced_is_found()
    {
        await (await OpenAsync(Alice)).PublishAsync([Relay, Socket]);

        var found = await ResolveAsync(await OpenAsync(Bob));

        Assert.Equal([Relay, Socket], found.Select(static candidate => candidate.Address));
        Assert.Single(_server.Taken);
    }

    [Fact]
    public async Task The_server_can_answer_by_dns_what_it_was_given()
    {
        await using var dns = TestDnsServer.Start();
        var origin = DnsName.Parse("dns.example");
        _server.Dns = (dns, origin);

        await (await OpenAsync(Alice)).PublishAsync([Relay]);

        Assert.True(IrohEndpointInfo.TryMakeName(Alice.Id.ToArray(), origin, out var name));
        var servers = new DnsClient(new DnsClientOptions { Servers = [dns.EndPoint] }, TimeProvider.System);
        var answers = (await servers.QueryAsync(name, DnsType.Txt, CancellationToken.None)).Records;
        Assert.Equal([new Uri("https://relay.example/")], IrohEndpointInfo.FromAnswers(answers, name).Relays);
    }

    [Fact]
    public async Task Nobody_knows_who_was_never_announced() => Assert.Empty(await ResolveAsync(await OpenAsync(Bob)));

    [Fact]
    public async Task The_packet_is_put_again_every_five_minutes_and_at_once_when_it_changes()
    {
        var discovery = await OpenAsync(Alice);
        await discovery.PublishAsync([Relay]);

        await AdvanceUntilAsync(() => _server.Taken.Count == 2, ServerPublisher.Interval);
        await discovery.PublishAsync([Socket]);
        Assert.Equal(3, _server.Taken.Count);

        var timestamps = _server.Taken.Select(static taken => TestPkarrServer.TimestampOf(taken.Payload)).ToArray();
        Assert.Equal(timestamps.Order().Distinct(), timestamps);
        Assert.Equal([Socket], (await ResolveAsync(await OpenAsync(Bob))).Select(static candidate => candidate.Address));
    }

    [Fact]
    public async Task Disposing_takes_the_announcement_back()
    {
        var discovery = await OpenAsync(Alice);
        await discovery.PublishAsync([Relay]);

        await discovery.DisposeAsync();

        Assert.Empty(await ResolveAsync(await OpenAsync(Bob)));
        Assert.Equal(2, _server.Taken.Count);
    }

    [Fact]
    public async Task An_empty_list_takes_the_announcement_back_and_is_not_repeated()
    {
        var discovery = await OpenAsync(Alice);
        await discovery.PublishAsync([]);
        Assert.Empty(_server.Requests);

        await discovery.PublishAsync([Relay]);
        await discovery.PublishAsync([]);

        Assert.Empty(await ResolveAsync(await OpenAsync(Bob)));
        await discovery.DisposeAsync();
        Assert.Equal(2, _server.Taken.Count);
    }

    [Fact]
    public async Task Who_was_never_announced_leaves_no_trace()
    {
        await (await OpenAsync(Alice)).DisposeAsync();

        Assert.Empty(_server.Requests);
    }

    [Fact]
    public async Task A_server_that_refuses_is_named_and_asked_again_until_it_takes_the_packet()
    {
        _server.Instead = AnswerAsync(HttpStatusCode.ServiceUnavailable);
        var discovery = await OpenAsync(Alice);

        var failure = await Assert.ThrowsAsync<DiscoveryException>(async () => await discovery.PublishAsync([Relay]));
        Assert.Equal("pkarr.refused", failure.Code);
        Assert.Contains("503", failure.Message, StringComparison.Ordinal);

        await AdvanceUntilAsync(() => _server.Requests.Count >= 3, Backoff.Longest);
        _server.Instead = null;
        await AdvanceUntilAsync(() => !_server.Taken.IsEmpty, Backoff.Longest);
    }

    [Fact]
    public async Task A_server_that_never_answers_is_given_up()
    {
        _server.Instead = static async (_, stop) =>
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, stop);
            return true;
        };
        var discovery = await OpenAsync(Alice);

        var publishing = discovery.PublishAsync([Relay]).AsTask();
        await AdvanceUntilAsync(() => publishing.IsCompleted, PkarrWeb.AnswerLimit);

        Assert.Equal("pkarr.unreachable", (await Assert.ThrowsAsync<DiscoveryException>(() => publishing)).Code);
    }

    [Fact]
    public async Task One_server_of_several_is_enough()
    {
        await using var refusing = TestPkarrServer.Start();
        refusing.Instead = AnswerAsync(HttpStatusCode.InternalServerError);
        string[] servers = ["http://127.0.0.1:9/pkarr", refusing.Url.AbsoluteUri, _server.Url.AbsoluteUri];

        await (await OpenAsync(Alice, servers)).PublishAsync([Relay]);

        Assert.Equal([Relay], (await ResolveAsync(await OpenAsync(Bob, servers))).Select(static candidate => candidate.Address));
    }

    [Fact]
    public async Task When_no_server_can_be_asked_the_search_fails_with_the_reason()
    {
        var discovery = await OpenAsync(Bob, "http://127.0.0.1:9/pkarr");

        Assert.Equal("pkarr.unreachable", (await Assert.ThrowsAsync<DiscoveryException>(() => ResolveAsync(discovery))).Code);
    }

    [Theory]
    [MemberData(nameof(BadPackets))]
    public async Task A_packet_that_the_endpoint_did_not_sign_or_that_is_older_is_refused(string kind)
    {
        var bob = await OpenAsync(Bob);
        _server.Force(AlicesName, EndpointRecord.Sign(Alice, 1000, [Relay]).Payload.ToArray());
        Assert.Single(await ResolveAsync(bob));
        var forged = EndpointRecord.Sign(Alice, 1001, [Relay]).Payload.ToArray();
        forged[^1] ^= 1;

        _server.Force(AlicesName, kind switch
        {
            "forged" => forged,
            "of somebody else" => EndpointRecord.Sign(Bob, 1001, [Socket]).Payload.ToArray(),
            "cut" => EndpointRecord.Sign(Alice, 1001, [Socket]).Payload.ToArray()[..71],
            "too long" => [.. EndpointRecord.Sign(Alice, 1001, [Socket]).Payload.Span, .. new byte[2000]],
            "empty" => [],
            _ => EndpointRecord.Sign(Alice, 999, [Socket]).Payload.ToArray(),
        });

        Assert.Equal("pkarr.refused", (await Assert.ThrowsAsync<DiscoveryException>(() => ResolveAsync(bob))).Code);
    }

    [Fact]
    public async Task Of_two_servers_the_one_that_replays_an_older_packet_changes_nothing()
    {
        await using var replaying = TestPkarrServer.Start();
        _server.Force(AlicesName, EndpointRecord.Sign(Alice, 1000, [Relay]).Payload.ToArray());
        replaying.Force(AlicesName, EndpointRecord.Sign(Alice, 999, [Socket]).Payload.ToArray());
        var both = await OpenAsync(Bob, _server.Url.AbsoluteUri, replaying.Url.AbsoluteUri);
        Assert.Contains(Relay, (await ResolveAsync(both)).Select(static candidate => candidate.Address));

        Assert.Equal([Relay], (await ResolveAsync(both)).Select(static candidate => candidate.Address));
    }

    [Fact]
    public async Task An_answer_without_end_is_cut_off()
    {
        _server.Instead = static async (context, stop) =>
        {
            context.Response.SendChunked = true;
            while (!stop.IsCancellationRequested)
                await context.Response.OutputStream.WriteAsync(new byte[4096], stop);
            return true;
        };

        var failure = await Assert.ThrowsAsync<DiscoveryException>(async () => await ResolveAsync(await OpenAsync(Bob)));

        Assert.Contains("longer than 1072 bytes", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_redirection_is_not_followed()
    {
        await using var elsewhere = TestPkarrServer.Start();
        _server.Instead = (context, _) =>
        {
            context.Response.Redirect(elsewhere.Url.AbsoluteUri);
            context.Response.Close();
            return Task.FromResult(true);
        };

        await Assert.ThrowsAsync<DiscoveryException>(async () => await ResolveAsync(await OpenAsync(Bob)));

        Assert.Empty(elsewhere.Requests);
    }

    [Fact]
    public async Task After_a_clock_that_was_ahead_the_next_packet_is_newer_still()
    {
        var ahead = (ulong)(_time.GetUtcNow() - DateTimeOffset.UnixEpoch + TimeSpan.FromDays(400)).TotalMicroseconds;
        _server.Force(AlicesName, EndpointRecord.Sign(Alice, ahead, [Socket]).Payload.ToArray());

        await (await OpenAsync(Alice)).PublishAsync([Relay]);

        Assert.Equal(ahead + 1, TestPkarrServer.TimestampOf(_server.Get(AlicesName)!));
    }

    [Fact]
    public async Task The_last_timestamp_of_a_lasting_identity_is_kept_and_of_another_nothing()
    {
        await (await OpenAsync(Alice)).PublishAsync([Relay]);
        Assert.Empty(Directory.EnumerateFileSystemEntries(_folder.Path));

        await (await OpenAsync(Bob, isLasting: true)).PublishAsync([Relay]);
        Assert.Equal([ZBase32.Encode(Bob.Id.ToArray())], Directory.EnumerateFiles(_folder.Path).Select(Path.GetFileName));
    }

    [Fact]
    public async Task With_announcing_switched_off_nothing_is_sent_and_the_reason_is_named()
    {
        var discovery = await OpenAsync(Alice, isLasting: false, ("Publish", "false"));

        Assert.Equal("pkarr.publish-off", (await Assert.ThrowsAsync<DiscoveryException>(async () => await discovery.PublishAsync([Relay]))).Code);
        Assert.Empty(_server.Requests);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var owned in _owned)
            await owned.DisposeAsync();
        await _server.DisposeAsync();
        _folder.Dispose();
    }

    private static Func<HttpListenerContext, CancellationToken, Task<bool>> AnswerAsync(HttpStatusCode code) => (context, _) =>
    {
        context.Response.StatusCode = (int)code;
        context.Response.Close();
        return Task.FromResult(true);
    };

    private static async Task<IReadOnlyList<Candidate>> ResolveAsync(IDiscovery discovery)
    {
        using var limit = new CancellationTokenSource(Limit);
        return await discovery.ResolveAsync(Alice.Id, limit.Token).ToListAsync(limit.Token);
    }

    private async Task AdvanceUntilAsync(Func<bool> condition, TimeSpan step)
    {
        using var limit = new CancellationTokenSource(Limit);
        while (!condition())
        {
            limit.Token.ThrowIfCancellationRequested();
            _time.Advance(step);
            for (var i = 0; i < 20 && !condition(); i++)
                await Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System, limit.Token);
        }
    }

    private Task<IDiscovery> OpenAsync(SeededIdentity identity, params string[] servers) =>
        OpenAsync(identity, isLasting: false, [.. (servers.Length > 0 ? servers : [_server.Url.AbsoluteUri]).Select(static (server, index) => ($"Relays:{index}", server))]);

    private async Task<IDiscovery> OpenAsync(SeededIdentity identity, bool isLasting, params (string Key, string Value)[] settings)
    {
        var plugin = new PkarrPlugin();
        if (settings.Length == 0 || !settings[0].Key.StartsWith("Relays", StringComparison.Ordinal))
            settings = [("Relays:0", _server.Url.AbsoluteUri), .. settings];
        var offer = await plugin.StartAsync(new Context(_folder.Path, _time, settings));
        var discovery = offer.Discovery!(new EndpointContext(identity, null!) { IsLasting = isLasting });
        _owned.AddRange([discovery, plugin]);
        return discovery;
    }

    private sealed class Context(string folder, TimeProvider time, (string Key, string Value)[] settings) : IPluginContext
    {
        public IConfigurationSection Configuration { get; } = new ConfigurationBuilder()
            .AddInMemoryCollection([KeyValuePair.Create("x:Proxy", (string?)"none"), .. settings.Select(static setting => KeyValuePair.Create($"x:{setting.Key}", (string?)setting.Value))])
            .Build().GetSection("x");

        public ILoggerFactory LoggerFactory => NullLoggerFactory.Instance;

        public TimeProvider TimeProvider => time;

        public string StateFolder => folder;
    }
}
