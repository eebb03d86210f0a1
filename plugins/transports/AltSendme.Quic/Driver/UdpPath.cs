using System.Net;
using System.Net.Sockets;

namespace AltSendme.Quic.Driver;

/// <summary>Opens the best UDP socket that the platform has.</summary>
public static class UdpPath
{
    // Bursts of a fast sender must fit while the receiving thread is away; the kernel may grant less.
    private const int BufferSize = 8 << 20;

    /// <summary>Binds a socket. <see cref="IPAddress.IPv6Any"/> takes IPv4 as well.</summary>
    /// <exception cref="SocketException">The address is in use or not of this machine.</exception>
    public static IDatagramPath Bind(IPEndPoint local) => LinuxUdpPath.IsSupported ? new LinuxUdpPath(Open(local)) : new PortableUdpPath(Open(local));

    /// <summary>A bound socket with large buffers.</summary>
    internal static Socket Open(IPEndPoint local)
    {
        var socket = new Socket(local.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
        try
        {
            if (local.AddressFamily == AddressFamily.InterNetworkV6)
                socket.DualMode = local.Address.Equals(IPAddress.IPv6Any);
            socket.ReceiveBufferSize = BufferSize;
            socket.SendBufferSize = BufferSize;
            socket.Bind(local);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
