using System.Globalization;
using System.Net;
using AltSendme.Service.Hosting;
using Microsoft.AspNetCore.Connections;

namespace AltSendme.Service.Web.Origin;

/// <summary>
/// Asks Linux whose a connection on loopback is, and hangs up on other users. A second lock: the secret alone keeps them out where the system does not say, but cookies know no ports, so a server of another
/// user on this machine could be shown ours by the browser.
/// </summary>
internal static class ConnectionOwner
{
    private const string Table = "/proc/net/tcp";
    private const string MappedTable = "/proc/net/tcp6";
    private const string Mapped = "0000000000000000FFFF0000";
    private const int LocalColumn = 1;
    private const int RemoteColumn = 2;
    private const int UserColumn = 7;

    /// <summary>Lets a connection through unless another user made it; root may.</summary>
    public static Task CheckAsync(ConnectionContext connection, ConnectionDelegate next)
    {
        if (OperatingSystem.IsLinux() && connection is { RemoteEndPoint: IPEndPoint peer, LocalEndPoint: IPEndPoint own } && Find(peer, own) is { } user && !PeerCheck.IsAllowed(user, PeerCheck.EffectiveUser()))
        {
            connection.Abort(new ConnectionAbortedException("another user"));
            return Task.CompletedTask;
        }

        return next(connection);
    }

    /// <summary>The user of the socket at the other end; <see langword="null"/> where the system does not say.</summary>
    internal static uint? Find(IPEndPoint peer, IPEndPoint own) => Find(Table, Text(peer), Text(own)) ?? Find(MappedTable, Mapped + Text(peer), Mapped + Text(own));

    internal static uint? Find(IEnumerable<string> lines, string local, string remote)
    {
        foreach (var line in lines)
        {
            var columns = line.Split(' ', UserColumn + 2, StringSplitOptions.RemoveEmptyEntries);
            if (columns.Length > UserColumn && columns[LocalColumn] == local && columns[RemoteColumn] == remote && uint.TryParse(columns[UserColumn], NumberStyles.None, CultureInfo.InvariantCulture, out var user))
                return user;
        }

        return null;
    }

    /// <summary>An IPv4 end point as the kernel's table writes it: the address in the machine's byte order, the port in hexadecimal.</summary>
    internal static string Text(IPEndPoint end) => string.Create(CultureInfo.InvariantCulture, $"{BitConverter.ToUInt32(end.Address.MapToIPv4().GetAddressBytes()):X8}:{end.Port:X4}");

    private static uint? Find(string table, string local, string remote)
    {
        try
        {
            return Find(File.ReadLines(table), local, remote);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
