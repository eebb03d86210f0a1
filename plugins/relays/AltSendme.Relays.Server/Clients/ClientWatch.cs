using Microsoft.Extensions.Hosting;

namespace AltSendme.Relays.Server.Clients;

/// <summary>Looks at every client once a second: one timer for all, so that a packet costs none.</summary>
internal sealed class ClientWatch(ClientRegistry registry, TimeProvider timeProvider) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var clients = new List<RelayClient>();
        using var timer = new PeriodicTimer(Interval, timeProvider);
        while (await timer.WaitForNextTickAsync(stoppingToken).AsTask().ContinueWith(static tick => tick.IsCompletedSuccessfully && tick.Result, TaskScheduler.Default))
        {
            registry.CopyTo(clients);
            var now = timeProvider.GetTimestamp();
            foreach (var client in clients)
                client.Watch(now);
        }
    }
}
