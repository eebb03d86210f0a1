namespace AltSendme.Abstractions;

/// <summary>Finds endpoints by their id, and lets this one be found. One an endpoint session; every member may be called from any thread.</summary>
public interface IDiscovery : IAsyncDisposable
{
    /// <summary>
    /// Announces the addresses of this endpoint until the next call replaces them or the discovery is disposed, which withdraws them where the service can.
    /// The host has already filtered them: what is given may be made public. An empty list withdraws what was announced. Repeating and retrying is the discovery's own business, and goes on after this returns:
    /// it completes once the first attempt has succeeded at one place or failed at all.
    /// </summary>
    /// <exception cref="DiscoveryException">The first attempt failed, and is being repeated; the message says why.</exception>
    ValueTask PublishAsync(IReadOnlyList<EndpointAddress> addresses, CancellationToken cancellationToken = default);

    /// <summary>
    /// Candidates for <paramref name="id"/> as they are learnt. The enumeration ends when nothing more can come; a service that cannot be reached ends it with <see cref="DiscoveryException"/>.
    /// </summary>
    IAsyncEnumerable<Candidate> ResolveAsync(EndpointId id, CancellationToken cancellationToken = default);
}
