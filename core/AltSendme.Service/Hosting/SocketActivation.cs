using System.Globalization;

namespace AltSendme.Service.Hosting;

/// <summary>Sockets that systemd hands to a service that it starts on demand (sd_listen_fds(3)).</summary>
internal static class SocketActivation
{
    private const ulong FirstDescriptor = 3;

    /// <summary>The socket that is meant for this process.</summary>
    public static ulong? Inherited() => Inherited(Environment.GetEnvironmentVariable("LISTEN_PID"), Environment.GetEnvironmentVariable("LISTEN_FDS"), Environment.ProcessId);

    internal static ulong? Inherited(string? process, string? count, int own) =>
        int.TryParse(process, NumberStyles.None, CultureInfo.InvariantCulture, out var meant) && meant == own
        && int.TryParse(count, NumberStyles.None, CultureInfo.InvariantCulture, out var sockets) && sockets > 0 ? FirstDescriptor : null;
}
