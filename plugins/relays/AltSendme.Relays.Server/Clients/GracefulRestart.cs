using AltSendme.Relays.Server.Configuration;
using Microsoft.Extensions.Hosting;

namespace AltSendme.Relays.Server.Clients;

/// <summary>Goes down politely: tells every client to come back in a while, sends what waits, and cuts off who has not taken it in time.</summary>
internal sealed class GracefulRestart(ClientRegistry registry, RestartOptions options, IHostApplicationLifetime lifetime, TimeProvider timeProvider, Func<double> chance) : IHostedService, IDisposable
{
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(50);

    private readonly List<RelayClient> _clients = [];
    private CancellationTokenRegistration _registration;
    private Task _draining = Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        // Before the web server stops: it would wait for the connections that this ends.
        _registration = lifetime.ApplicationStopping.Register(() => _draining = DrainAsync());
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => _draining;

    public void Dispose() => _registration.Dispose();

    private async Task DrainAsync()
    {
        registry.CopyTo(_clients);
        foreach (var client in _clients)
            client.Restart(options.Spread * chance(), options.TryFor);

        var start = timeProvider.GetTimestamp();
        while (_clients.Count > 0 && timeProvider.GetElapsedTime(start) < options.Drain)
        {
            await Task.Delay(Step, timeProvider);
            registry.CopyTo(_clients);
        }

        foreach (var client in _clients)
            client.Cut();
    }
}
