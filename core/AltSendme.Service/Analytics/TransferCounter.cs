using AltSendme.Service.Client.Contract;
using AltSendme.Service.Events;
using AltSendme.Service.Hosting;
using AltSendme.Service.Receives;
using AltSendme.Service.Shares;
using Microsoft.Extensions.Logging;

namespace AltSendme.Service.Analytics;

/// <summary>
/// Has each finished transfer counted by a GoatCounter site, where the user switched that on (docs/privacy.md). It only watches: transfers know nothing of it, and nothing waits for it. A task of its own does so;
/// <see cref="StopAsync"/> ends and awaits that task.
/// </summary>
internal sealed partial class TransferCounter(EventRing events, ShareBook shares, ReceiveBook receives, LiveCore core, TimeProvider clock, ILogger<TransferCounter> logger) : IAsyncDisposable
{
    /// <summary>What stands where a browser names itself: the same for everybody.</summary>
    public const string UserAgent = "AltSendme";

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    private readonly CancellationTokenSource _ended = new();   // cancelled by StopAsync
    private readonly Dictionary<string, int> _deliveries = [];
    private readonly HashSet<string> _received = [];
    private Task _watching = Task.CompletedTask;

    /// <summary>Reads variables of the environment; another for tests.</summary>
    internal Func<string, string?> Environment { get; init; } = System.Environment.GetEnvironmentVariable;

    /// <summary>Begins to watch. What finished before is not counted.</summary>
    public void Start() => _watching = WatchAsync(_ended.Token);

    public async Task StopAsync()
    {
        await _ended.CancelAsync();
        await _watching;
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _ended.Dispose();
    }

    private async Task WatchAsync(CancellationToken cancellationToken)
    {
        try
        {
            await foreach (var value in events.WatchAsync(null, null, cancellationToken))
                await TakeAsync(value, cancellationToken);
        }
        catch (OperationCanceledException)
        {
            // The end of the service.
        }
    }

    private async Task TakeAsync(ServiceEvent value, CancellationToken cancellationToken)
    {
        switch (value)
        {
            case { Type: ServiceEventType.Reset }:
                Learn();
                break;
            case { Share: { } share }:
                for (var before = _deliveries.GetValueOrDefault(share.Id, share.Deliveries); before < share.Deliveries; before++)
                    await CountAsync("sent", share.Bytes ?? 0, cancellationToken);
                _deliveries[share.Id] = share.Deliveries;
                break;
            case { Receive: { State: ReceiveState.Completed } receive }:
                if (_received.Add(receive.Id))
                    await CountAsync("received", receive.TotalBytes ?? receive.Bytes, cancellationToken);
                break;
            case { Type: ServiceEventType.ShareRemoved, Subject: { } id }:
                _deliveries.Remove(id);
                break;
            case { Type: ServiceEventType.ReceiveRemoved, Subject: { } id }:
                _received.Remove(id);
                break;
            default:
                break;
        }
    }

    /// <summary>What is there already, or was missed, counts as counted.</summary>
    private void Learn()
    {
        foreach (var share in shares.All)
            _deliveries[share.Id] = share.Deliveries;
        foreach (var receive in receives.All.Where(static receive => receive.State == ReceiveState.Completed))
            _received.Add(receive.Id);
    }

    /// <summary>Asks the site once. A count that is lost is lost.</summary>
    private async Task CountAsync(string direction, long bytes, CancellationToken cancellationToken)
    {
        if (CountConsent.Site(core.Current, Environment) is not { } site)
            return;

        // Cancelled by the end of the service, or when the site takes too long.
        using var limit = new CancellationTokenSource(Limit, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            // Made for one request and gone with it: no cookie, connection or name server's answer is kept.
            using var http = new HttpClient(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false, ActivityHeadersPropagator = null });
            using var request = new HttpRequestMessage(HttpMethod.Get, Address(site, direction, bytes));
            request.Headers.UserAgent.ParseAdd(UserAgent);
            using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token);
            LogCounted(logger, (int)response.StatusCode);
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            LogNotCounted(logger, exception);
        }
    }

    /// <summary>GoatCounter's address for one count: an event (<c>e</c>) by its path (<c>p</c>).</summary>
    internal static Uri Address(Uri site, string direction, long bytes) => new(site, $"/count?p=/transfer/{direction}/{SizeClass.Of(bytes)}&e=true");

    [LoggerMessage(7401, LogLevel.Debug, "A transfer was counted: the site answered {Status}")]
    private static partial void LogCounted(ILogger logger, int status);

    [LoggerMessage(7402, LogLevel.Debug, "A transfer could not be counted")]
    private static partial void LogNotCounted(ILogger logger, Exception exception);
}
