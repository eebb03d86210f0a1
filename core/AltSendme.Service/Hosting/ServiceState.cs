using System.Reflection;
using AltSendme.Service.Client.Contract;
using AltSendme.Service.Receives;
using AltSendme.Service.Shares;

namespace AltSendme.Service.Hosting;

/// <summary>The service as it describes itself.</summary>
internal sealed class ServiceState(LiveCore core, ShareBook shares, ReceiveBook receives, IdleExit idle, TimeProvider clock)
{
    /// <summary>Version of the program.</summary>
    public static readonly string Version = typeof(ServiceState).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown";

    private readonly DateTimeOffset _started = clock.GetUtcNow();

    public ServiceStatus Status => new(Version, Environment.ProcessId, _started, shares.Active, receives.Active, receives.Offered, (long?)idle.Limit?.TotalSeconds, core.Fault);
}
