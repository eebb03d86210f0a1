using System.Net;
using System.Net.Sockets;
using AltSendme.Abstractions;
using Microsoft.Extensions.Logging;

namespace AltSendme.Transports.Tls.Listening;

/// <summary>Opens the listening sockets: one a local address, all on one port number. IPv6 that is switched off is no error, a port that is taken is.</summary>
internal static class ListeningSockets
{
    /// <summary>Opens them.</summary>
    /// <exception cref="TransportException">Code <c>tls.port-taken</c> or <c>tls.listen</c>.</exception>
    public static IReadOnlyList<Socket> Open(ListenOptions options, ILogger logger)
    {
        IReadOnlyList<IPAddress> addresses = options.Addresses.Count > 0 ? options.Addresses : [IPAddress.IPv6Any, IPAddress.Any];
        var attempts = options.Port == 0 ? TransportLimits.PortAttempts : 1;
        while (true)
        {
            var sockets = new List<Socket>(addresses.Count);
            if (TryOpen(addresses, options, sockets, logger) is not { } failure)
                return sockets;

            sockets.ForEach(socket => socket.Dispose());
            var isTaken = failure.SocketErrorCode is SocketError.AddressAlreadyInUse;
            if (--attempts > 0 && isTaken)
                continue;
            throw isTaken
                ? new TransportException("tls.port-taken", $"TCP port {options.Port} is in use by another program. Choose another port, or 0 for any that is free.", failure)
                : new TransportException("tls.listen", $"The system does not let this program listen on TCP port {options.Port} ({failure.SocketErrorCode}).", failure);
        }
    }

    private static SocketException? TryOpen(IReadOnlyList<IPAddress> addresses, ListenOptions options, List<Socket> sockets, ILogger logger)
    {
        SocketException? lastFailure = null;
        foreach (var address in addresses)
        {
            var port = sockets.Count == 0 ? options.Port : ((IPEndPoint)sockets[0].LocalEndPoint!).Port;
            var endPoint = new IPEndPoint(address, port);
            try
            {
                sockets.Add(Open(endPoint));
                logger.Listening(endPoint);
            }
            catch (SocketException exception) when (IsMissingNetwork(exception) && options.Addresses.Count == 0)
            {
                logger.ListeningRefused(endPoint, exception);
                lastFailure = exception;
            }
            catch (SocketException exception)
            {
                return exception;
            }
        }

        return sockets.Count > 0 ? null : lastFailure;
    }

    private static Socket Open(IPEndPoint endPoint)
    {
        var socket = new Socket(endPoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            if (endPoint.AddressFamily == AddressFamily.InterNetworkV6)
                socket.DualMode = false;   // IPv4 has a socket of its own
            socket.Bind(endPoint);
            socket.Listen(TransportLimits.ListenBacklog);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static bool IsMissingNetwork(SocketException exception) =>
        exception.SocketErrorCode is SocketError.AddressFamilyNotSupported or SocketError.AddressNotAvailable or SocketError.ProtocolNotSupported;
}
