using System.Net;
using System.Threading.Channels;
using AltSendme.Abstractions;
using AltSendme.Core.Discovery;
using AltSendme.Core.Identity;
using AltSendme.Core.Relays;
using AltSendme.Core.Settings;
using Microsoft.Extensions.Logging.Abstractions;

namespace AltSendme.Core.Tests.Discovery;

public sealed class AnnouncementTests : IDisposable
{
    private readonly EndpointKey _key = EndpointKey.Generate();
    private readonly Channel<IReadOnlyList<EndpointAddress>> _addresses = Channel.CreateUnbounded<IReadOnlyList<EndpointAddress>>();
    private readonly SemaphoreSlim _announced = new(0);

    public void Dispose()
    {
        _key.Dispose();
        _announced.Dispose();
    }

    [Fact]
    public async Task It_follows_the_addresses_and_says_nothing_twice()
    {
        var fake = new FakeService("x") { BeforePublish = Count };
        await using var announcement = new Announcement([Service(fake)], _addresses.Reader.ReadAllAsync, TimeProvider.System);
        EndpointAddress here = Address(1), there = Address(2);

        foreach (var list in (EndpointAddress[][])[[here], [here], [here, there], [], [there]])
            _addresses.Writer.TryWrite(list);
        for (var i = 0; i < 4; i++)
            await _announced.WaitAsync(TimeSpan.FromSeconds(10));
        _addresses.Writer.Complete();

        Assert.Equal("x", Assert.Single(await announcement.FirstOutcomesAsync(CancellationToken.None)).Service);
        while (fake.Announcements.Count < 4)
            await Task.Yield();
        Assert.Equal([1, 2, 0, 1], fake.Announcements.Select(static list => list.Count));
    }

    [Fact]
    public async Task A_service_that_has_nothing_to_say_is_not_named()
    {
        await using var announcement = new Announcement([Service(new FakeService("x"))], _addresses.Reader.ReadAllAsync, TimeProvider.System);

        _addresses.Writer.TryWrite([]);

        Assert.Empty(await announcement.FirstOutcomesAsync(CancellationToken.None));
    }

    private static EndpointAddress Address(int host) => EndpointAddress.FromIp(new IPEndPoint(new IPAddress([192, 0, 2, (byte)host]), 9));

    private Task Count()
    {
        _announced.Release();
        return Task.CompletedTask;
    }

    private DiscoveryService Service(FakeService fake)
    {
        var settings = new DiscoverySettings { PublishAddresses = PublishedAddresses.All };
        return new DiscoveryService(fake.Plugin.Manifest, fake.Plugin.Offer.Discovery!(new EndpointContext(_key, NoRelayAccess.Instance)), settings, TimeProvider.System, NullLogger.Instance);
    }
}
