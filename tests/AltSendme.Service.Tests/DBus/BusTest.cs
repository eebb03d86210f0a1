using AltSendme.Service.DBus.Api;

namespace AltSendme.Service.Tests.DBus;

/// <summary>A service on a bus of the test's own, and another program on it.</summary>
internal sealed class BusTest : IAsyncDisposable
{
    private BusTest(BusDaemon bus, ServiceHarness service, BusClient client) => (Bus, Service, Client) = (bus, service, client);

    public BusDaemon Bus { get; }

    public ServiceHarness Service { get; }

    public BusClient Client { get; }

    public CancellationToken Token => Service.Token;

    /// <param name="isOpen">Whether users of all kinds may connect to the bus.</param>
    /// <param name="settings">The user's settings.</param>
    public static async Task<BusTest> StartAsync(bool isOpen = false, string settings = "{}")
    {
        var bus = await BusDaemon.StartAsync(isOpen);
        var service = new ServiceHarness { SessionBus = bus.Address };
        service.Folder.Write("user.json", settings);
        await service.StartAsync();
        var client = await BusClient.ConnectAsync(bus, service.Token);
        await client.UntilOwnedAsync(AltSendmeObject.Name, service.Token);
        return new BusTest(bus, service, client);
    }

    public string Uri(string name, ReadOnlySpan<byte> content) => new Uri(Service.Folder.Write(name, content)).AbsoluteUri;

    public async ValueTask DisposeAsync()
    {
        await Client.DisposeAsync();
        await Service.DisposeAsync();
        await Bus.DisposeAsync();
    }
}
