using System.Net;
using System.Net.Sockets;
using AltSendme.Relays.Server.Metrics;
using Microsoft.AspNetCore.Connections;

namespace AltSendme.Relays.Server.Listening;

/// <summary>Counts open connections, all of them and by where they come from, and closes one too many before it has cost anything. A /64 network of IPv6 counts as one source: whoever has one address there has them all.</summary>
internal sealed class SourceLimit(int limit, int total, RelayMetrics metrics)
{
    /// <summary>Set in a connection's items by whoever sees a whole request on it.</summary>
    public static readonly object HasAsked = new();

    // Held for a look-up; connections come and go far more rarely than packets.
    private readonly Lock _gate = new();
    private readonly Dictionary<IPAddress, int> _open = [];

    public ConnectionDelegate Around(ConnectionDelegate next) => async connection =>
    {
        var source = Source((connection.RemoteEndPoint as IPEndPoint)?.Address ?? IPAddress.None);
        if (!TryEnter(source))
        {
            Interlocked.Increment(ref metrics.ConnectionsRefusedPerAddress);
            connection.Abort();
            return;
        }

        if (Interlocked.Increment(ref metrics.Connections) > total)
        {
            Interlocked.Decrement(ref metrics.Connections);
            Interlocked.Increment(ref metrics.ConnectionsRefusedFull);
            Leave(source);
            connection.Abort();
            return;
        }

        try
        {
            await next(connection);
        }
        finally
        {
            Interlocked.Decrement(ref metrics.Connections);
            Leave(source);
            if (!connection.Items.ContainsKey(HasAsked))
                Interlocked.Increment(ref metrics.ConnectionsWithoutRequest);
        }
    };

    internal static IPAddress Source(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6)
            return address.MapToIPv4();
        if (address.AddressFamily != AddressFamily.InterNetworkV6)
            return address;
        Span<byte> bytes = stackalloc byte[16];
        address.TryWriteBytes(bytes, out _);
        bytes[8..].Clear();
        return new IPAddress(bytes);
    }

    /// <summary>Counts a connection of a source; false when it has too many.</summary>
    public bool TryEnter(IPAddress source)
    {
        lock (_gate)
        {
            var open = _open.GetValueOrDefault(source);
            if (limit > 0 && open >= limit)
                return false;
            _open[source] = open + 1;
            return true;
        }
    }

    /// <summary>A connection that was counted is gone.</summary>
    public void Leave(IPAddress source)
    {
        lock (_gate)
        {
            if (--_open[source] == 0)
                _open.Remove(source);
        }
    }
}
