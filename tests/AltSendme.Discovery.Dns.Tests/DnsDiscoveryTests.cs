using AltSendme.Abstractions;
using AltSendme.Discovery.Testing;
using AltSendme.Dns;
using AltSendme.Plugins.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace AltSendme.Discovery.Dns.Tests;

public sealed class DnsDiscoveryTests : IAsyncDisposable
{
    private static readonly EndpointId Peer = new TestIdentity(7).Id;
    private static readonly DnsName Origin = DnsName.Parse("dns.example");
    private readonly TestDnsServer _server = TestDnsServer.Start();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task A_peer_is_found_by_its_id()
    {
        Publish(30, "relay=https://relay.example/", "addr=192.0.2.1:4433", "addr=[2001:db8::1]:4433", "user-data=hello");

        var found = await ResolveAsync();

        Assert.Equal(["relay:https://relay.example/", "ip:192.0.2.1:4433", "ip:[2001:db8::1]:4433"], found.Select(static candidate => candidate.Address.ToString()));
        Assert.All(found, static candidate => Assert.Equal(("dns", TimeSpan.FromSeconds(30)), (candidate.Source.Name, candidate.TimeToLive)));
    }

    [Fact]
    public async Task Nobody_is_found_where_the_name_does_not_exist() => Assert.Empty(await ResolveAsync());

    [Fact]
    public async Task A_record_without_anything_usable_finds_nobody()
    {
        Publish(30, "addr=nonsense", "relay=gopher://x/", "other=1");

        Assert.Empty(await ResolveAsync());
    }

    [Fact]
    public async Task More_answers_than_anybody_dials_are_cut()
    {
        Publish(30, [.. Enumerable.Range(0, 250).Select(static i => $"addr=192.0.2.{i}:4433")]);

        Assert.Equal(IrohEndpointInfo.MaxAddresses, (await ResolveAsync()).Count);
    }

    [Fact]
    public async Task A_service_that_fails_is_named_with_what_to_do()
    {
        _server.Script(DnsServerFault.ServerFailure, DnsServerFault.ServerFailure);

        var exception = await Assert.ThrowsAsync<DiscoveryException>(ResolveAsync);

        Assert.Equal("dns.no-answer", exception.Code);
        Assert.Contains(_server.EndPoint.ToString(), exception.Message, StringComparison.Ordinal);
        Assert.Contains("Plugins:altsendme.dns:Servers", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Publishing_asks_nobody()
    {
        await using var discovery = Make();

        await discovery.PublishAsync([EndpointAddress.FromRelay(new Uri("https://relay.example/"))]);

        Assert.Equal(0, _server.DatagramRequests + _server.StreamRequests);
    }

    [Fact]
    public async Task A_lookup_that_is_cancelled_ends()
    {
        _server.Script(DnsServerFault.Silent, DnsServerFault.Silent);
        using var cancelled = new CancellationTokenSource();
        var lookup = ResolveAsync(cancelled.Token);

        await cancelled.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => lookup);
    }

    private void Publish(uint ttl, params string[] texts)
    {
        Assert.True(IrohEndpointInfo.TryMakeName(Peer.ToArray(), Origin, out var name));
        _server.SetTexts(name, ttl, texts);
    }

    private DnsDiscovery Make() => new(new DnsDiscoveryOptions { Servers = [_server.EndPoint], Origin = Origin }, TimeProvider.System, NullLogger.Instance);

    private Task<List<Candidate>> ResolveAsync() => ResolveAsync(CancellationToken.None);

    private async Task<List<Candidate>> ResolveAsync(CancellationToken cancellationToken)
    {
        await using var discovery = Make();
        var found = new List<Candidate>();
        await foreach (var candidate in discovery.ResolveAsync(Peer, cancellationToken))
            found.Add(candidate);
        return found;
    }
}
