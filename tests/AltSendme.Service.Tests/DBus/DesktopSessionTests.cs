using AltSendme.Service.DBus;
using AltSendme.Service.DBus.Connection;
using AltSendme.Service.DBus.Objects;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace AltSendme.Service.Tests.DBus;

public sealed class DesktopSessionTests
{
    [BusFact]
    public async Task A_service_that_was_started_before_the_desktop_learns_its_screen_from_the_sessions_systemd()
    {
        await using var test = await BusTest.StartAsync();
        var systemd = new ObjectServer(
            "/org/freedesktop/systemd1",
            new BusInterface("org.freedesktop.systemd1.Manager", [], [], [new BusProperty("Environment", "as", IsConstant: false, static () => new[] { "PATH=/evil", "DISPLAY=:7", "XAUTHORITY=/run/a=b", "broken" })]),
            SessionBusAddress.User,
            NullLogger.Instance);
        await using var connection = await BusConnection.OpenAsync(test.Bus.Address, (own, message) =>
        {
            if (message.Type == BusMessageType.Call)
                systemd.Take(own, message);
        }, test.Token);
        await connection.CallAsync(BusMessage.Call(BusConnection.Driver, BusConnection.DriverPath, BusConnection.Driver, "RequestName", "su", "org.freedesktop.systemd1", 0u), test.Token);

        var before = await Session(test, "").VariablesAsync(test.Token);
        var known = await Session(test, ":0").VariablesAsync(test.Token);

        Assert.Equal(new Dictionary<string, string> { ["DISPLAY"] = ":7", ["XAUTHORITY"] = "/run/a=b" }, before);
        Assert.Empty(known);
        await systemd.DisposeAsync();
    }

    [BusFact]
    public async Task Where_nobody_knows_the_screen_there_is_none()
    {
        await using var test = await BusTest.StartAsync();

        Assert.Empty(await Session(test, "").VariablesAsync(test.Token));
        Assert.Empty(await new DesktopSession(static _ => null).VariablesAsync(test.Token));
    }

    [BusFact]
    public async Task A_service_that_the_bus_started_beside_another_one_waits_for_that_one_to_be_on_the_bus()
    {
        await using var bus = await BusDaemon.StartAsync();
        await using var service = new ServiceHarness { SessionBus = bus.Address };
        var waiting = Activation.IsServedAsync(bus.Address);

        await service.StartAsync();

        Assert.True(await waiting);
        Assert.False(await Activation.IsServedAsync("unix:path=/nowhere/bus"));
    }

    private static DesktopSession Session(BusTest test, string display) => new(name => name == "DISPLAY" ? display : null) { Bus = test.Service.Host.Services.GetRequiredService<SessionBus>() };
}
