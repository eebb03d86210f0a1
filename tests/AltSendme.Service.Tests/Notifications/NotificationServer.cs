using System.Threading.Channels;
using AltSendme.Service.DBus;
using AltSendme.Service.DBus.Connection;
using AltSendme.Service.DBus.Objects;
using AltSendme.Service.DBus.Values;
using AltSendme.Service.Notifications;
using AltSendme.Service.Tests.DBus;
using Microsoft.Extensions.Logging.Abstractions;

namespace AltSendme.Service.Tests.Notifications;

/// <summary>A desktop's notification server, as far as a test wants it: remembers what it was asked to show.</summary>
internal sealed class NotificationServer : IAsyncDisposable
{
    private readonly Channel<ShownNotification> _shown = Channel.CreateUnbounded<ShownNotification>();
    private readonly ObjectServer _objects;
    private BusConnection? _connection;
    private uint _last;

    /// <param name="capabilities">What it can.</param>
    /// <param name="isSilent">Whether it never answers.</param>
    private NotificationServer(string[] capabilities, bool isSilent)
    {
        _objects = new ObjectServer(
            FreedesktopNotifier.Path,
            new BusInterface(
                FreedesktopNotifier.Name,
                [
                    new BusMethod("GetCapabilities", [], [new("capabilities", "as")], async (_, stop) =>
                    {
                        if (isSilent)
                            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, stop);
                        return [capabilities];
                    }),
                    new BusMethod(
                        "Notify",
                        [new("app_name", "s"), new("replaces_id", "u"), new("app_icon", "s"), new("summary", "s"), new("body", "s"), new("actions", "as"), new("hints", "a{sv}"), new("expire_timeout", "i")],
                        [new("id", "u")],
                        (call, _) => Task.FromResult<object[]>([Show(call.Body)])),
                ],
                [],
                []),
            SessionBusAddress.User,
            NullLogger.Instance);
    }

    public static async Task<NotificationServer> StartAsync(BusDaemon bus, CancellationToken cancellationToken, string[]? capabilities = null, bool isSilent = false)
    {
        var server = new NotificationServer(capabilities ?? ["body", "body-markup", "actions"], isSilent);
        server._connection = await BusConnection.OpenAsync(bus.Address, (connection, message) =>
        {
            if (message.Type == BusMessageType.Call)
                server._objects.Take(connection, message);
        }, cancellationToken);
        await server._connection.CallAsync(BusMessage.Call(BusConnection.Driver, BusConnection.DriverPath, BusConnection.Driver, "RequestName", "su", FreedesktopNotifier.Name, 0u), cancellationToken);
        return server;
    }

    /// <summary>The next notification.</summary>
    public ValueTask<ShownNotification> NextAsync(CancellationToken cancellationToken) => _shown.Reader.ReadAsync(cancellationToken);

    /// <summary>Whether there is another one now.</summary>
    public bool HasMore => _shown.Reader.TryPeek(out _);

    /// <summary>The user chooses a button.</summary>
    public void Choose(uint id, string action) => _connection!.Send(BusMessage.Signal(FreedesktopNotifier.Path, FreedesktopNotifier.Name, "ActionInvoked", "us", id, action));

    /// <summary>The user closes it; the bus has passed that on when the task ends.</summary>
    public async Task CloseAsync(uint id, CancellationToken cancellationToken)
    {
        _connection!.Send(BusMessage.Signal(FreedesktopNotifier.Path, FreedesktopNotifier.Name, "NotificationClosed", "uu", id, 2u));
        await _connection.CallAsync(BusMessage.Call(BusConnection.Driver, BusConnection.DriverPath, BusConnection.Driver, "GetId"), cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await _objects.DisposeAsync();
        await _connection!.DisposeAsync();
    }

    private uint Show(IReadOnlyList<object> body)
    {
        var replaced = (uint)body[1];
        var id = replaced > 0 ? replaced : ++_last;
        _shown.Writer.TryWrite(new ShownNotification(id, replaced, (string)body[3], (string)body[4], (string[])body[5], ((IReadOnlyDictionary<string, object>)body[6]).ToDictionary(static pair => pair.Key, static pair => ((Variant)pair.Value).Value), (int)body[7]));
        return id;
    }
}

/// <summary>What a user saw.</summary>
internal sealed record ShownNotification(uint Id, uint Replaced, string Summary, string Body, string[] Actions, IReadOnlyDictionary<string, object> Hints, int Timeout);
