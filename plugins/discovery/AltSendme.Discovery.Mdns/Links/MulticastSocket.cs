using System.Net;
using System.Net.Sockets;

namespace AltSendme.Discovery.Mdns.Links;

/// <summary>The socket of one family on the port of multicast DNS, which it shares with other responders of this machine (RFC 6762, section 15). Whoever opened it disposes it.</summary>
internal sealed class MulticastSocket : IDisposable
{
    /// <summary>The port of multicast DNS.</summary>
    public const int Port = 5353;

    // RFC 6762, section 11.
    private const int HopLimit = 255;
    private static readonly IPAddress Group4 = IPAddress.Parse("224.0.0.251");
    private static readonly IPAddress Group6 = IPAddress.Parse("ff02::fb");

    private readonly Lock _sending = new();   // held between choosing the interface and sending
    private readonly AddressFamily _family;
    private readonly Socket _socket;

    private MulticastSocket(AddressFamily family, Socket socket)
    {
        _family = family;
        _socket = socket;
    }

    private SocketOptionLevel Level => _family == AddressFamily.InterNetwork ? SocketOptionLevel.IP : SocketOptionLevel.IPv6;

    /// <exception cref="SocketException">The family is not there, or somebody does not share the port.</exception>
    public static MulticastSocket Open(AddressFamily family)
    {
        var socket = new Socket(family, SocketType.Dgram, ProtocolType.Udp);
        try
        {
            var opened = new MulticastSocket(family, socket);
            if (family == AddressFamily.InterNetworkV6)
                socket.DualMode = false;

            // On Unix this asks for the sharing of the port as well.
            socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
            socket.SetSocketOption(opened.Level, SocketOptionName.PacketInformation, true);
            socket.SetSocketOption(opened.Level, SocketOptionName.MulticastTimeToLive, HopLimit);
            socket.SetSocketOption(opened.Level, SocketOptionName.MulticastLoopback, true);
            socket.Bind(new IPEndPoint(opened.Any, Port));
            return opened;
        }
        catch (SocketException)
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>Hears what is sent to everybody on an interface.</summary>
    /// <exception cref="SocketException">The interface is gone, or does not do multicast.</exception>
    public void Join(LinkInterface link) => _socket.SetSocketOption(Level, SocketOptionName.AddMembership, Membership(link));

    /// <summary>Ends <see cref="Join"/>.</summary>
    public void Leave(LinkInterface link)
    {
        try
        {
            _socket.SetSocketOption(Level, SocketOptionName.DropMembership, Membership(link));
        }
        catch (SocketException)
        {
            // It ended with the interface.
        }
    }

    /// <exception cref="SocketException">It was not sent.</exception>
    public void Send(LinkInterface link, ReadOnlySpan<byte> message)
    {
        if (_family == AddressFamily.InterNetworkV6)
        {
            _socket.SendTo(message, SocketFlags.None, new IPEndPoint(new IPAddress(Group6.GetAddressBytes(), link.Port.Interface), Port));
            return;
        }

        lock (_sending)
        {
            // By its address: chosen by its number, loopback would send without one.
            _socket.SetSocketOption(SocketOptionLevel.IP, SocketOptionName.MulticastInterface, BitConverter.ToInt32(link.Addresses[0].Address.GetAddressBytes()));
            _socket.SendTo(message, SocketFlags.None, new IPEndPoint(Group4, Port));
        }
    }

    /// <exception cref="SocketException">It was not sent.</exception>
    public void SendTo(IPEndPoint destination, ReadOnlySpan<byte> message) => _socket.SendTo(message, SocketFlags.None, destination);

    /// <exception cref="SocketException">Nothing can be received for now.</exception>
    /// <exception cref="ObjectDisposedException">The socket is closed.</exception>
    public async ValueTask<(int Length, IPEndPoint Source, int Interface)> ReceiveAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        var received = await _socket.ReceiveMessageFromAsync(buffer, SocketFlags.None, new IPEndPoint(Any, 0), cancellationToken);
        return (received.ReceivedBytes, (IPEndPoint)received.RemoteEndPoint, received.PacketInformation.Interface);
    }

    public void Dispose() => _socket.Dispose();

    private IPAddress Any => _family == AddressFamily.InterNetwork ? IPAddress.Any : IPAddress.IPv6Any;

    private object Membership(LinkInterface link) => _family == AddressFamily.InterNetwork ? new MulticastOption(Group4, link.Port.Interface) : new IPv6MulticastOption(Group6, link.Port.Interface);
}
