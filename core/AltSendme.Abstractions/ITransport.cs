namespace AltSendme.Abstractions;

/// <summary>
/// Carries connections for one endpoint session (one identity). The host creates it through <see cref="PluginOffer.Transport"/>, and disposes it after its connections.
/// Every member may be called from any thread; nothing touches the network before <see cref="ListenAsync"/> or <see cref="DialAsync"/>.
/// </summary>
public interface ITransport : IAsyncDisposable
{
    /// <summary>Starts to accept connections. Called at most once.</summary>
    /// <returns>The port in use, which the host then offers to the other transports of the session; <see langword="null"/> when the transport has none.</returns>
    /// <exception cref="TransportException">The port is taken, or the network refuses.</exception>
    ValueTask<int?> ListenAsync(ListenOptions options, CancellationToken cancellationToken = default);

    /// <summary>
    /// Connections that were accepted, in order of arrival, until the transport is disposed. Each has finished its handshake: id and protocol are proved. One enumeration at a time.
    /// A peer that fails its handshake is never seen here and never ends the enumeration.
    /// </summary>
    IAsyncEnumerable<IConnection> AcceptAsync(CancellationToken cancellationToken = default);

    /// <summary>
    /// Connects to <paramref name="remote"/>. Candidates arrive while it dials; the transport takes those whose scheme is its own, ignores the others, tries several at once where
    /// that is sensible, and gives back the first connection on which the peer proved to be <paramref name="remote"/>.
    /// </summary>
    /// <exception cref="PeerUnreachableException">The candidates ended and none led to the peer; the message says what was tried and what happened.</exception>
    ValueTask<IConnection> DialAsync(EndpointId remote, IAsyncEnumerable<Candidate> candidates, Alpn protocol, CancellationToken cancellationToken = default);

    /// <summary>
    /// The addresses at which this transport can be reached: the whole list now, and again whenever it changes, until the transport is disposed.
    /// The list is empty before <see cref="ListenAsync"/>.
    /// </summary>
    IAsyncEnumerable<IReadOnlyList<EndpointAddress>> WatchAddressesAsync(CancellationToken cancellationToken = default);
}
