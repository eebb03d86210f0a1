using AltSendme.Service.DBus;
using AltSendme.Service.DBus.Connection;
using AltSendme.Service.DBus.Values;

namespace AltSendme.Service.Notifications;

/// <summary>
/// Desktops of freedesktop.org (Desktop Notifications Specification 1.2), over the session bus. What the server can do is asked once for each connection to the bus.
/// </summary>
internal sealed class FreedesktopNotifier : INotifier
{
    public const string Name = "org.freedesktop.Notifications";
    public const string Path = "/org/freedesktop/Notifications";

    private const string Icon = "org.altsendme.AltSendme";
    private const int ServerDecides = -1;
    private const int Never = 0;
    private const byte NormalUrgency = 1;

    /// <summary>A server that is not running is started by the bus, which takes a moment.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(5);

    private readonly SessionBus _bus;
    private readonly Action<NotificationActionKind, string> _chosen;

    // Guards what follows: signals come on the bus' thread.
    private readonly Lock _gate = new();
    private readonly Dictionary<string, uint> _shown = new(StringComparer.Ordinal);
    private BusConnection? _asked;
    private IReadOnlyList<string> _capabilities = [];
    private string? _server;

    /// <param name="bus">The session bus.</param>
    /// <param name="chosen">Told of an action that was chosen, with the notification's key. Called on the bus' thread; returns at once.</param>
    public FreedesktopNotifier(SessionBus bus, Action<NotificationActionKind, string> chosen)
    {
        (_bus, _chosen) = (bus, chosen);
        _bus.SignalReceived += OnSignal;
    }

    public async ValueTask<bool> TryShowAsync(Notification notification, CancellationToken cancellationToken)
    {
        if (_bus.Connection is not { } connection)
            return false;
        using var limit = new CancellationTokenSource(Limit, TimeProvider.System);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            await AskAsync(connection, either.Token);
            var answer = await connection.CallAsync(Call(notification), either.Token);
            if (answer.Body is not [uint id])
                return false;
            lock (_gate)
            {
                _server = answer.Sender;
                if (notification.Key.Length > 0)
                    _shown[notification.Key] = id;
            }

            return true;
        }
        catch (BusException)
        {
            return false;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }

    public void Forget(string key)
    {
        lock (_gate)
            _shown.Remove(key);
    }

    public ValueTask DisposeAsync()
    {
        _bus.SignalReceived -= OnSignal;
        return ValueTask.CompletedTask;
    }

    /// <summary>The texts as a server takes them: one that reads markup gets what looks like markup escaped, and one that shows no body gets one line.</summary>
    internal static (string Summary, string Body) Texts(Notification notification, IReadOnlyList<string> capabilities)
    {
        if (!capabilities.Contains("body"))
            return ($"{notification.Title}: {notification.Body}", "");
        return (notification.Title, capabilities.Contains("body-markup") ? notification.Body.Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal).Replace(">", "&gt;", StringComparison.Ordinal) : notification.Body);
    }

    private BusMessage Call(Notification notification)
    {
        lock (_gate)
        {
            var (summary, body) = Texts(notification, _capabilities);
            string[] actions = _capabilities.Contains("actions") ? [.. notification.Actions.SelectMany(static action => new[] { action.Kind.ToString(), action.Label })] : [];
            var hints = new Dictionary<string, Variant>(StringComparer.Ordinal)
            {
                ["urgency"] = NormalUrgency,
                ["category"] = notification.IsFailure ? "transfer.error" : "transfer.complete",
                ["desktop-entry"] = Icon,
            };
            return BusMessage.Call(Name, Path, Name, "Notify", "susssasa{sv}i", "AltSendme", _shown.GetValueOrDefault(notification.Key), Icon, summary, body, actions, hints, notification.Stays ? Never : ServerDecides);
        }
    }

    private async Task AskAsync(BusConnection connection, CancellationToken cancellationToken)
    {
        if (_asked == connection)
            return;
        await connection.CallAsync(BusMessage.Call(BusConnection.Driver, BusConnection.DriverPath, BusConnection.Driver, "AddMatch", "s", $"type='signal',sender='{Name}',interface='{Name}',path='{Path}'"), cancellationToken);
        var answer = await connection.CallAsync(BusMessage.Call(Name, Path, Name, "GetCapabilities"), cancellationToken);
        lock (_gate)
        {
            _shown.Clear();
            _capabilities = answer.Body is [string[] capabilities] ? capabilities : [];
        }

        _asked = connection;
    }

    private void OnSignal(BusMessage signal)
    {
        if (signal.Interface != Name)
            return;
        lock (_gate)
        {
            // Anybody on the bus can send us a signal; only the server that shows the notification is believed.
            if (signal.Sender != _server || signal.Body is not [uint id, ..])
                return;
            var key = _shown.FirstOrDefault(pair => pair.Value == id).Key;
            if (key is null)
                return;
            if (signal is { Member: "ActionInvoked", Body: [_, string action] } && Enum.TryParse<NotificationActionKind>(action, out var kind) && Enum.IsDefined(kind))
                _chosen(kind, key);
            else if (signal.Member == "NotificationClosed")
                _shown.Remove(key);
        }
    }
}
