using AltSendme.Core.Receiving;
using AltSendme.Core.Settings;
using AltSendme.Service.Client;
using AltSendme.Service.Client.Contract;
using AltSendme.Service.DBus.Connection;
using AltSendme.Service.DBus.Objects;
using AltSendme.Service.Hosting;
using AltSendme.Service.Receives;
using AltSendme.Service.Shares;

namespace AltSendme.Service.DBus.Api;

/// <summary>
/// What programs of the session may ask of the service (docs/service.md, integrations/packaging/dbus/org.altsendme.AltSendme1.xml): a thin way to the same desk and books that the socket leads to.
/// </summary>
internal sealed class AltSendmeObject
{
    public const string Name = "org.altsendme.AltSendme1";
    public const string Path = "/org/altsendme/AltSendme1";

    private readonly ShareDesk _desk;
    private readonly ShareBook _shares;
    private readonly ReceiveBook _receives;
    private readonly IdleExit _idle;

    public AltSendmeObject(ShareDesk desk, ShareBook shares, ReceiveBook receives, IdleExit idle)
    {
        (_desk, _shares, _receives, _idle) = (desk, shares, receives, idle);
        Interface = new BusInterface(
            Name,
            [
                new BusMethod("Send", [new("uris", "as"), new("options", "a{sv}")], [new("ticket", "s")], Awake(SendAsync)),
                new BusMethod("Receive", [new("ticket", "s"), new("options", "a{sv}")], [new("id", "s")], Awake(ReceiveAsync)),
                new BusMethod("ListShares", [], [new("shares", "aa{sv}")], ListShares),
                new BusMethod("StopShare", [new("id", "s")], [], Awake(StopShareAsync)),
            ],
            TransferSignals.All,
            [
                new BusProperty("Version", "s", IsConstant: true, static () => ServiceState.Version),
                new BusProperty(ActiveCounts.Shares, "u", IsConstant: false, () => (uint)shares.Active),
                new BusProperty(ActiveCounts.Receives, "u", IsConstant: false, () => (uint)receives.Active),
            ]);
    }

    /// <summary>The interface with what answers it.</summary>
    public BusInterface Interface { get; }

    /// <summary>Keeps the service from ending while a call is worked on.</summary>
    private Func<BusMessage, CancellationToken, Task<object[]>> Awake(Func<BusMessage, CancellationToken, Task<object[]>> method) => async (call, cancellationToken) =>
    {
        _idle.Enter();
        try
        {
            return await method(call, cancellationToken);
        }
        finally
        {
            _idle.Leave();
        }
    };

    private async Task<object[]> SendAsync(BusMessage call, CancellationToken cancellationToken)
    {
        var options = new CallOptions(call.Body[1]);
        var order = new ShareOrder
        {
            Broadcast = options.Flag("broadcast", whenAbsent: false),
            Copy = options.Flag("copy", whenAbsent: true),
            Notify = options.Flag("notify", whenAbsent: true),
            TicketType = options.Word<TicketForm>("ticket-type"),
            Expires = options.Moment("expires"),
        };

        // From here on a notification tells of what goes wrong, where one is wanted.
        var share = await _desk.OrderAsync(
            order.Notify,
            () =>
            {
                options.ThrowIfAnyLeft();
                return order with { Paths = Paths((string[])call.Body[0]) };
            },
            cancellationToken);
        return [share.Ticket!];
    }

    private async Task<object[]> ReceiveAsync(BusMessage call, CancellationToken cancellationToken)
    {
        var options = new CallOptions(call.Body[1]);
        var order = new ReceiveOrder
        {
            Tickets = [(string)call.Body[0]],
            Destination = options.Text("destination"),
            Conflict = options.Word<ConflictRule>("conflict"),
            WaitUntil = options.Moment("wait-until"),
            Notify = options.Flag("notify", whenAbsent: true),
        };
        options.ThrowIfAnyLeft();
        return [(await _receives.OrderAsync(order)).View.Id];
    }

    private Task<object[]> ListShares(BusMessage call, CancellationToken cancellationToken) => Task.FromResult<object[]>([_shares.All.Select(ShareValues.Of).ToArray()]);

    private async Task<object[]> StopShareAsync(BusMessage call, CancellationToken cancellationToken)
    {
        await _shares.RemoveAsync((string)call.Body[0]);
        return [];
    }

    private static string[] Paths(string[] uris)
    {
        if (uris.Length > ShareOrder.MaxPaths)
            throw new ServiceException(ServiceCodes.BadRequest, $"More than {ShareOrder.MaxPaths} items were named. Name the folder that holds them.");
        var paths = new string[uris.Length];
        for (var i = 0; i < uris.Length; i++)
        {
            if (!FileUris.TryPath(uris[i], out paths[i], out var reason))
                throw new ServiceException(ServiceCodes.BadRequest, $"'{FileUris.NameOf(uris[i])}' {reason}.");
        }

        return paths;
    }
}
