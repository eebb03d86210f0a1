using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using AltSendme.Abstractions;

namespace AltSendme.Transports.Tls.Connections;

/// <summary>A TLS connection whose peer has proved its id. Whoever holds it disposes it.</summary>
/// <param name="Socket">The TCP connection.</param>
/// <param name="Tls">The encrypted stream over it.</param>
/// <param name="RemoteId">The proved id.</param>
/// <param name="Protocol">The protocol agreed on.</param>
internal sealed record AuthenticatedLink(Socket Socket, SslStream Tls, EndpointId RemoteId, Alpn Protocol) : IAsyncDisposable
{
    /// <summary>Where the peer is.</summary>
    public IPEndPoint RemoteEndPoint { get; } = (IPEndPoint)Socket.RemoteEndPoint!;

    /// <summary>Ends the TCP connection now; pending reads and writes fail.</summary>
    public void Cut() => Socket.Dispose();

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        Cut();
        await Tls.DisposeAsync();
    }
}
