using AltSendme.Service.Client.Contract;
using AltSendme.Service.DBus.Api;
using AltSendme.Service.DBus.Connection;
using AltSendme.Service.DBus.Objects;
using AltSendme.Service.Events;
using AltSendme.Service.Receives;
using AltSendme.Service.Shares;
using Microsoft.Extensions.Logging;

namespace AltSendme.Service.DBus;

/// <summary>
/// The service's life on the session bus: connects, offers its object under <see cref="AltSendmeObject.Name"/>, tells what happens, and comes back after a bus that was lost. A task of its own does so; <see cref="StopAsync"/>
/// ends and awaits it. Without a bus the service does without.
/// </summary>
internal sealed partial class SessionBus(string address, AltSendmeObject own, ShareBook shares, ReceiveBook receives, EventRing events, TimeProvider clock, ILogger<SessionBus> logger) : IAsyncDisposable
{
    private static readonly TimeSpan OpenLimit = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan FarewellLimit = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(5);

    private readonly CancellationTokenSource _stop = new();   // cancelled by StopAsync only
    private volatile BusConnection? _connection;
    private Task _running = Task.CompletedTask;

    /// <summary>A signal that was asked for arrived. Told on the connection's thread, which must not be kept.</summary>
    public event Action<BusMessage>? SignalReceived;

    /// <summary>The connection; <see langword="null"/> while there is none.</summary>
    public BusConnection? Connection => _connection;

    /// <summary>Begins; returns at once.</summary>
    public void Start() => _running = RunAsync(_stop.Token);

    /// <summary>Gives the name back, so that whoever calls next finds the next service, and leaves the bus.</summary>
    public async Task StopAsync()
    {
        await _stop.CancelAsync();
        await _running;
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _stop.Dispose();
    }

    private async Task RunAsync(CancellationToken stop)
    {
        await Task.Yield();
        var pause = FirstPause;
        try
        {
            while (true)
            {
                if (await TryServeAsync(stop))
                    pause = FirstPause;
                await Task.Delay(pause, clock, stop);
                pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The end of the service.
        }
    }

    /// <returns>Whether there was a bus to lose.</returns>
    private async Task<bool> TryServeAsync(CancellationToken stop)
    {
        var server = new ObjectServer(AltSendmeObject.Path, own.Interface, SessionBusAddress.User, logger);
        BusConnection? connection = null;
        try
        {
            connection = await OpenAsync(server, stop);
            _connection = connection;
            await OwnNameAsync(connection, stop);
            await TellAsync(connection, stop);
            LogLost(logger);
            return true;
        }
        catch (BusException exception)
        {
            LogUnavailable(logger, exception.Message);
            return connection is not null;
        }
        finally
        {
            if (connection is not null)
                await GiveNameBackAsync(connection);
            _connection = null;
            await server.DisposeAsync();
            if (connection is not null)
                await connection.DisposeAsync();
        }
    }

    private async Task<BusConnection> OpenAsync(ObjectServer server, CancellationToken stop)
    {
        using var limit = new CancellationTokenSource(OpenLimit, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, stop);
        try
        {
            return await BusConnection.OpenAsync(address, (connection, message) => Take(server, connection, message), either.Token);
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            throw BusException.Lost($"The bus did not answer within {OpenLimit.TotalSeconds:0} seconds");
        }
    }

    /// <summary>Becomes the name's owner, or waits in its queue while another program is: the bus tells when it is our turn.</summary>
    private async Task OwnNameAsync(BusConnection connection, CancellationToken stop)
    {
        var answer = await connection.CallAsync(BusMessage.Call(BusConnection.Driver, BusConnection.DriverPath, BusConnection.Driver, "RequestName", "su", AltSendmeObject.Name, 0u), stop);
        const uint InQueue = 2;
        if (answer.Body is [InQueue])
            LogNameTaken(logger, AltSendmeObject.Name);
    }

    private static async Task GiveNameBackAsync(BusConnection connection)
    {
        using var limit = new CancellationTokenSource(FarewellLimit, TimeProvider.System);
        try
        {
            await connection.CallAsync(BusMessage.Call(BusConnection.Driver, BusConnection.DriverPath, BusConnection.Driver, "ReleaseName", "s", AltSendmeObject.Name), limit.Token);
        }
        catch (Exception exception) when (exception is BusException or OperationCanceledException)
        {
            // The bus takes it back with the connection.
        }
    }

    private void Take(ObjectServer server, BusConnection connection, BusMessage message)
    {
        if (message.Type == BusMessageType.Call)
            server.Take(connection, message);
        else if (message is { Sender: BusConnection.Driver, Member: "NameAcquired", Body: [AltSendmeObject.Name] })
            LogNameOwned(logger, AltSendmeObject.Name);
        else
            SignalReceived?.Invoke(message);
    }

    /// <summary>Tells what happens, until the bus or the service ends.</summary>
    private async Task TellAsync(BusConnection connection, CancellationToken stop)
    {
        using var lost = new CancellationTokenSource();
        using var either = CancellationTokenSource.CreateLinkedTokenSource(lost.Token, stop);
        var watching = connection.Ended.ContinueWith(static (_, source) => ((CancellationTokenSource)source!).Cancel(), lost, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        var signals = new TransferSignals(shares.All, receives.All);
        var counts = new ActiveCounts();
        await foreach (var value in events.WatchAsync(null, null, either.Token))
        {
            foreach (var signal in signals.Of(value))
                connection.Send(signal);
            if (value.Type != ServiceEventType.Settings && counts.Changed(shares.Active, receives.Active) is { } changed)
                connection.Send(changed);
        }

        stop.ThrowIfCancellationRequested();
        await watching;
    }

    [LoggerMessage(7402, LogLevel.Information, "The service is {Name} on the session bus")]
    private static partial void LogNameOwned(ILogger logger, string name);

    [LoggerMessage(7403, LogLevel.Warning, "Another program is {Name} on the session bus; this service takes its place when that one ends, and is reached by its socket meanwhile")]
    private static partial void LogNameTaken(ILogger logger, string name);

    [LoggerMessage(7404, LogLevel.Information, "The session bus has ended")]
    private static partial void LogLost(ILogger logger);

    [LoggerMessage(7405, LogLevel.Information, "The session bus can't be used: {Reason}")]
    private static partial void LogUnavailable(ILogger logger, string reason);
}
