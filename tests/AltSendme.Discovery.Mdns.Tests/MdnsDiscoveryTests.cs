using System.Net;
using AltSendme.Abstractions;
using AltSendme.Discovery.Mdns.Links;
using AltSendme.Plugins.Testing;
using AltSendme.TestKit;
using Microsoft.Extensions.Logging.Abstractions;

namespace AltSendme.Discovery.Mdns.Tests;

public sealed class MdnsDiscoveryTests
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(20);
    private static readonly EndpointId Peer = new TestIdentity(2).Id;
    private static readonly EndpointAddress Address = EndpointAddress.FromIp(IPEndPoint.Parse("127.0.0.1:4433"));

    [Fact]
    public async Task Two_endpoints_on_one_link_find_each_other_and_the_end_is_a_goodbye()
    {
        var options = Loopback();
        await using var finder = Real(new TestIdentity(1).Id, options);
        var announcer = Real(Peer, options);
        await announcer.PublishAsync([Address]);

        var found = await ResolveAsync(finder).WaitAsync(Deadline);

        var candidate = Assert.Single(found);
        Assert.Equal((Address, "mdns"), (candidate.Address, candidate.Source.Name));
        Assert.InRange(candidate.TimeToLive!.Value, TimeSpan.FromSeconds(60), TimeSpan.FromSeconds(120));

        // The goodbye is heard before a question that is asked after it.
        await announcer.DisposeAsync();
        Assert.Empty(await ResolveAsync(Real(new TestIdentity(3).Id, options)).WaitAsync(Deadline));
    }

    [Fact]
    public async Task Who_begins_to_announce_during_the_lookup_is_found()
    {
        var options = Loopback();
        await using var finder = Real(new TestIdentity(1).Id, options);
        await using var announcer = Real(Peer, options);

        var lookup = ResolveAsync(finder);
        await announcer.PublishAsync([Address]);

        Assert.Equal(Address, Assert.Single(await lookup.WaitAsync(Deadline)).Address);
    }

    [Fact]
    public async Task Who_only_listens_is_not_announced_but_finds()
    {
        var options = Loopback();
        await using var listener = Real(new TestIdentity(1).Id, options with { Announce = false });
        await using var announcer = Real(Peer, options);
        await listener.PublishAsync([Address]);
        await announcer.PublishAsync([Address]);

        Assert.Single(await ResolveAsync(listener).WaitAsync(Deadline));
        Assert.Empty(await ResolveAsync(announcer, new TestIdentity(1).Id).WaitAsync(Deadline));
    }

    [Fact]
    public async Task Groups_with_services_of_their_own_do_not_see_each_other()
    {
        await using var finder = Real(new TestIdentity(1).Id, Loopback());
        await using var announcer = Real(Peer, Loopback() with { Service = "another" });
        await announcer.PublishAsync([Address]);

        Assert.Empty(await ResolveAsync(finder).WaitAsync(Deadline));
    }

    [Fact]
    public async Task Without_an_interface_it_says_what_to_look_at()
    {
        await using var discovery = Real(Peer, Loopback() with { Interfaces = ["no-such-interface"] });

        var exception = await Assert.ThrowsAsync<DiscoveryException>(async () => await discovery.PublishAsync([Address]));

        Assert.Equal("mdns.unavailable", exception.Code);
        Assert.Contains("no-such-interface", exception.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<DiscoveryException>(() => ResolveAsync(discovery));
    }

    [Fact]
    public async Task A_lookup_asks_again_after_twice_as_long_and_ends_in_time()
    {
        var time = new VirtualTime();
        var link = new MemoryLink();
        await using var discovery = new MdnsDiscovery(new TestIdentity(1).Id, new MdnsOptions { LookupTime = TimeSpan.FromSeconds(9) }, () => link, time, NullLogger.Instance);

        var lookup = ResolveAsync(discovery);
        var asked = new List<TimeSpan>();
        for (var elapsed = TimeSpan.Zero; elapsed < TimeSpan.FromSeconds(10); elapsed += TimeSpan.FromMilliseconds(100))
        {
            asked.AddRange(link.Take().Select(_ => elapsed));
            await AdvanceAsync(time, TimeSpan.FromMilliseconds(100));
        }

        Assert.Empty(await lookup.WaitAsync(Deadline));
        Assert.Equal([0, 1, 3, 7], asked.Select(static moment => (int)moment.TotalSeconds));
    }

    [Fact]
    public async Task A_cancelled_lookup_ends()
    {
        await using var discovery = new MdnsDiscovery(new TestIdentity(1).Id, new MdnsOptions(), static () => new MemoryLink(), new VirtualTime(), NullLogger.Instance);
        using var cancelled = new CancellationTokenSource();
        var lookup = ResolveAsync(discovery, Peer, cancelled.Token);

        await cancelled.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => lookup.WaitAsync(Deadline));
    }

    [Fact]
    public async Task Nothing_is_opened_before_it_is_needed()
    {
        await using var discovery = new MdnsDiscovery(Peer, new MdnsOptions(), static () => throw new InvalidOperationException("opened"), TimeProvider.System, NullLogger.Instance);

        await discovery.PublishAsync([]);
    }

    [Fact]
    public void Every_interface_that_may_be_used_has_addresses_of_its_family() =>
        Assert.All(LinkInterface.Find(new MdnsOptions()), static link => Assert.All(link.Addresses, address => Assert.Equal(link.Port.Family, address.Address.AddressFamily)));

    [Theory]
    [InlineData("192.168.1.200", true)]
    [InlineData("192.168.2.1", false)]
    [InlineData("8.8.8.8", false)]
    [InlineData("fe80::1", false)]
    public void Only_neighbours_are_on_the_link(string source, bool isOnLink) =>
        Assert.Equal(isOnLink, new LinkInterface("eth0", MemoryLink.First, [(IPAddress.Parse("192.168.1.2"), 24)]).IsOnLink(IPAddress.Parse(source)));

    [Theory]
    [InlineData("fe80::99", true)]
    [InlineData("2001:db8:1:2::9", true)]
    [InlineData("2001:db8:1:3::9", false)]
    [InlineData("192.168.1.2", false)]
    public void Only_neighbours_are_on_the_link_over_IPv6(string source, bool isOnLink) =>
        Assert.Equal(isOnLink, new LinkInterface("eth0", MemoryLink.Second, [(IPAddress.Parse("2001:db8:1:2::1"), 64)]).IsOnLink(IPAddress.Parse(source)));

    // A service of its own, so that tests that run beside this one do not meet it.
    private static MdnsOptions Loopback() => new()
    {
        Interfaces = [OperatingSystem.IsLinux() ? "lo" : OperatingSystem.IsMacOS() ? "lo0" : "Loopback Pseudo-Interface 1"],
        Service = $"t-{Convert.ToHexStringLower(System.Security.Cryptography.RandomNumberGenerator.GetBytes(5))}",
        LookupTime = TimeSpan.FromSeconds(2),
    };

    private static MdnsDiscovery Real(EndpointId self, MdnsOptions options) => new(self, options, () => new UdpMulticastLink(options, NullLogger.Instance), TimeProvider.System, NullLogger.Instance);

    private static Task<List<Candidate>> ResolveAsync(MdnsDiscovery discovery) => ResolveAsync(discovery, Peer);

    private static async Task<List<Candidate>> ResolveAsync(MdnsDiscovery discovery, EndpointId id, CancellationToken cancellationToken = default)
    {
        var found = new List<Candidate>();
        await foreach (var candidate in discovery.ResolveAsync(id, cancellationToken))
            found.Add(candidate);
        return found;
    }

    // Gives what became due a chance to run before the clock moves on.
    private static async Task AdvanceAsync(VirtualTime time, TimeSpan by)
    {
        time.Advance(by);
        for (var i = 0; i < 20; i++)
            await Task.Yield();
    }
}
