namespace AltSendme.Abstractions;

/// <summary>
/// A connection to one endpoint, whose id is proved before anybody gets the object. Whoever dialled or accepted it disposes it; its streams end with it.
/// Every member may be called from any thread.
/// </summary>
public interface IConnection : IAsyncDisposable
{
    /// <summary>The other side's proved id.</summary>
    EndpointId RemoteId { get; }

    /// <summary>The protocol that both sides agreed on.</summary>
    Alpn Protocol { get; }

    /// <summary>The path in use now.</summary>
    ConnectionPath Path { get; }

    /// <summary>Completes when the connection has ended, for whatever reason; it never faults.</summary>
    Task<ConnectionClosure> Closed { get; }

    /// <summary>The path now and then each time it changes, until the connection ends.</summary>
    IAsyncEnumerable<ConnectionPath> WatchPathAsync(CancellationToken cancellationToken = default);

    /// <summary>Opens a stream; waits while the peer's limit of streams is reached.</summary>
    /// <exception cref="ConnectionLostException">The connection has ended.</exception>
    ValueTask<IByteStream> OpenStreamAsync(CancellationToken cancellationToken = default);

    /// <summary>Waits for a stream that the peer opens; <see langword="null"/> once the connection has ended and none is left.</summary>
    ValueTask<IByteStream?> AcceptStreamAsync(CancellationToken cancellationToken = default);

    /// <summary>Ends the connection and tells the peer why. What was written and flushed before is sent first where the transport can. A second call does nothing.</summary>
    /// <param name="code">Reason, as the application protocol numbers it.</param>
    /// <param name="reason">Words for the peer's log; cut at 1 KiB.</param>
    /// <param name="cancellationToken">Gives up waiting for the peer; the connection is ended all the same.</param>
    ValueTask CloseAsync(CloseCode code, string reason, CancellationToken cancellationToken = default);
}
