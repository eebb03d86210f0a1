using AltSendme.Service.DBus.Api;
using AltSendme.Service.DBus.Connection;

namespace AltSendme.Service.DBus;

/// <summary>What a service does that the bus has started while another one runs already.</summary>
internal static class Activation
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(5);

    /// <summary>
    /// Waits until the other one, which may have started just now, is on the bus. If it never is, because it belongs to another session or is kept off the bus, whoever called is better told at once than at the end of a long time limit.
    /// </summary>
    /// <param name="address">Where the bus is.</param>
    /// <returns>Whether the bus can deliver the call.</returns>
    public static async Task<bool> IsServedAsync(string address)
    {
        using var limit = new CancellationTokenSource(Limit, TimeProvider.System);
        var owned = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        try
        {
            await using var connection = await BusConnection.OpenAsync(address, (_, message) =>
            {
                if (message is { Sender: BusConnection.Driver, Member: "NameOwnerChanged", Body: [AltSendmeObject.Name, _, string { Length: > 0 }] })
                    owned.TrySetResult();
            }, limit.Token);
            await connection.CallAsync(Driver("AddMatch", $"type='signal',sender='{BusConnection.Driver}',member='NameOwnerChanged',arg0='{AltSendmeObject.Name}'"), limit.Token);
            if ((await connection.CallAsync(Driver("NameHasOwner", AltSendmeObject.Name), limit.Token)).Body is [true])
                return true;
            await owned.Task.WaitAsync(limit.Token);
            return true;
        }
        catch (Exception exception) when (exception is BusException or OperationCanceledException)
        {
            return false;
        }
    }

    private static BusMessage Driver(string member, string argument) => BusMessage.Call(BusConnection.Driver, BusConnection.DriverPath, BusConnection.Driver, member, "s", argument);
}
