using System.Net;
using System.Net.Sockets;
using AltSendme.Abstractions;
using AltSendme.Quic.Driver;
using Microsoft.Extensions.Logging;

namespace AltSendme.Transports.Iroh.Sockets;

/// <summary>Opens the endpoints of a transport: one for both families of IP, or one a local address that was asked for, all on one port number.</summary>
internal static class ListeningEndpoints
{
    /// <summary>Opens them; at least one.</summary>
    /// <exception cref="TransportException">Code <c>iroh.port-taken</c> or <c>iroh.listen</c>.</exception>
    public static IReadOnlyList<IrohEndpoint> Open(ListenOptions options, EndpointContext context, IrohOptions settings, TimeProvider time, ILogger logger) =>
        [.. Bind(options, logger).Select(udp => IrohEndpoint.Start(udp, options.Protocols, context, settings, time, logger))];

    private static List<IDatagramPath> Bind(ListenOptions options, ILogger logger)
    {
        var attempts = options.Port == 0 ? TransportLimits.PortAttempts : 1;
        while (true)
        {
            var sockets = new List<IDatagramPath>();
            var failure = options.Addresses.Count > 0 ? TryBindEach(options, sockets, logger) : TryBindAny(options, sockets, logger);
            if (failure is null)
                return sockets;

            sockets.ForEach(static socket => socket.Dispose());
            var isTaken = failure.SocketErrorCode is SocketError.AddressAlreadyInUse;
            if (--attempts > 0 && isTaken)
                continue;
            throw isTaken
                ? new TransportException("iroh.port-taken", $"UDP port {options.Port} is in use by another program. Choose another port, or 0 for any that is free.", failure)
                : new TransportException("iroh.listen", $"The system does not let this program use UDP port {options.Port} ({failure.SocketErrorCode}).", failure);
        }
    }

    private static SocketException? TryBindAny(ListenOptions options, List<IDatagramPath> sockets, ILogger logger)
    {
        var failure = TryBind(new IPEndPoint(IPAddress.IPv6Any, options.Port), sockets, logger);
        return failure is null || !IsMissingNetwork(failure) ? failure : TryBind(new IPEndPoint(IPAddress.Any, options.Port), sockets, logger);
    }

    private static SocketException? TryBindEach(ListenOptions options, List<IDatagramPath> sockets, ILogger logger)
    {
        foreach (var address in options.Addresses)
        {
            var port = sockets.Count == 0 ? options.Port : sockets[0].Local.Port;
            if (TryBind(new IPEndPoint(address, port), sockets, logger) is { } failure)
                return failure;
        }

        return null;
    }

    private static SocketException? TryBind(IPEndPoint local, List<IDatagramPath> sockets, ILogger logger)
    {
        try
        {
            sockets.Add(UdpPath.Bind(local));
            logger.Listening(local);
            return null;
        }
        catch (SocketException exception)
        {
            logger.ListeningRefused(local, exception);
            return exception;
        }
    }

    private static bool IsMissingNetwork(SocketException exception) =>
        exception.SocketErrorCode is SocketError.AddressFamilyNotSupported or SocketError.AddressNotAvailable or SocketError.ProtocolNotSupported;
}
