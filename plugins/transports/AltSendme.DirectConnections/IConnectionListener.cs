using System.Net;
using AltSendme.Abstractions;

namespace AltSendme.DirectConnections;

/// <summary>The listening half of a transport. Disposal ends it, and the connections that nobody has taken.</summary>
public interface IConnectionListener : IAsyncDisposable
{
    /// <summary>What is listened on; one port number.</summary>
    IReadOnlyList<IPEndPoint> LocalEndPoints { get; }

    /// <summary>Connections whose handshake is done, until the listener ends.</summary>
    IAsyncEnumerable<IConnection> AcceptAsync(CancellationToken cancellationToken);
}
