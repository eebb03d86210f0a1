using AltSendme.Abstractions;
using AltSendme.Service.Client.Connection;
using AltSendme.Service.Client.Contract;
using AltSendme.Service.Web.Origin;
using AltSendme.Service.Web.Sessions;
using AltSendme.Service.Web.Spools;
using Microsoft.Extensions.Logging;

namespace AltSendme.Service.Web;

/// <summary>
/// The windows' address on this machine. Nothing listens before the first window is wanted, nor after none has been used for a while: a service without windows has no port.
/// </summary>
/// <param name="services">The service, whose books the windows share.</param>
/// <param name="clock">The clock.</param>
/// <param name="logger">Told when it opens and closes.</param>
internal sealed partial class LoopbackOrigin(IServiceProvider services, TimeProvider clock, ILogger<LoopbackOrigin> logger) : IAsyncDisposable
{
    /// <summary>How long nothing may have been used before the port is closed. A window that is open keeps a stream of events.</summary>
    public static readonly TimeSpan UnusedLimit = TimeSpan.FromMinutes(5);

    private static readonly TimeSpan CheckPeriod = TimeSpan.FromMinutes(1);

    // One opening or closing at a time.
    private readonly SemaphoreSlim _course = new(1);
    private OriginHost? _host;
    private CancellationTokenSource? _watching;   // cancelled when the port is closed
    private Task _watch = Task.CompletedTask;

    /// <summary>Where the windows are, while there are any.</summary>
    public OriginHost? Host => _host;

    /// <summary>Removes what the windows of a service that was killed left behind. To be called once, before any is opened.</summary>
    public static void RemoveAbandoned(ServicePlace place)
    {
        SpoolBook.RemoveAbandoned(place);
        DoorFile.RemoveAbandoned(place);
    }

    /// <summary>Prepares a window.</summary>
    /// <exception cref="AltSendmeException">The order can't be used, or there are too many.</exception>
    public async Task<WindowView> OpenAsync(WindowOrder order, CancellationToken cancellationToken)
    {
        WindowOrders.Check(order);
        await _course.WaitAsync(cancellationToken);
        try
        {
            return (_host ??= await StartAsync(cancellationToken)).Doors.Make(order);
        }
        finally
        {
            _course.Release();
        }
    }

    /// <summary>Closes the port and forgets all sessions. It is opened again when a window is wanted.</summary>
    public async Task CloseAsync()
    {
        await _course.WaitAsync();
        try
        {
            if (_watching is not null)
            {
                await _watching.CancelAsync();
                await _watch;
                _watching.Dispose();
                _watching = null;
            }

            await EndAsync();
        }
        finally
        {
            _course.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await CloseAsync();
        _course.Dispose();
    }

    private async Task<OriginHost> StartAsync(CancellationToken cancellationToken)
    {
        var host = await OriginHost.StartAsync(services, cancellationToken);
        if (_watching is null)
        {
            _watching = new CancellationTokenSource();
            _watch = WatchAsync(_watching.Token);
        }

        LogOpened(logger, host.Port);
        return host;
    }

    private async Task WatchAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(CheckPeriod, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(cancellationToken))
                await EndUnusedAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            // Closed.
        }
    }

    /// <summary>Closes the port if nobody has used it for long.</summary>
    internal async Task EndUnusedAsync(CancellationToken cancellationToken)
    {
        await _course.WaitAsync(cancellationToken);
        try
        {
            _host?.Sweep();
            if (_host is { } host && host.Use.UnusedFor >= UnusedLimit && !host.Doors.Any)
                await EndAsync();
        }
        finally
        {
            _course.Release();
        }
    }

    private async Task EndAsync()
    {
        if (_host is null)
            return;
        await _host.DisposeAsync();
        _host = null;
        LogClosed(logger);
    }

    [LoggerMessage(7301, LogLevel.Information, "The windows' port {Port} is open")]
    private static partial void LogOpened(ILogger logger, int port);

    [LoggerMessage(7302, LogLevel.Information, "The windows' port is closed")]
    private static partial void LogClosed(ILogger logger);
}
