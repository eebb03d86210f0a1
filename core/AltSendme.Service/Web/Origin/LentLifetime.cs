using Microsoft.Extensions.Hosting;

namespace AltSendme.Service.Web.Origin;

/// <summary>The life of the windows' listener, which begins and ends when the service says so: signals are the service's own matter.</summary>
internal sealed class LentLifetime : IHostLifetime
{
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
