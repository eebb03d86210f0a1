using AltSendme.Abstractions;
using AltSendme.Discovery.Pkarr.Publishing;
using AltSendme.Discovery.Pkarr.Resolving;

namespace AltSendme.Discovery.Pkarr;

/// <summary>Announces and finds endpoints by signed packets on servers. Nothing is contacted before somebody asks for it.</summary>
internal sealed class PkarrDiscovery(IReadOnlyList<ServerPublisher> publishers, PacketResolver resolver, PkarrOptions options) : IDiscovery
{
    private readonly Lock _gate = new();   // orders announcements, so that all servers are told the last
    private Announcement? _announcement;
    private int _disposed;

    /// <inheritdoc/>
    public async ValueTask PublishAsync(IReadOnlyList<EndpointAddress> addresses, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(addresses);
        if (!options.Publish)
            throw new DiscoveryException("pkarr.publish-off", "Plugins:altsendme.pkarr:Publish switches announcements off.");
        Announcement announcement;
        lock (_gate)
        {
            if (_announcement is null && addresses.Count == 0)
                return;
            _announcement?.Supersede();
            announcement = _announcement = new Announcement([.. addresses], publishers.Count);
            foreach (var publisher in publishers)
                publisher.Announce(announcement);
        }

        await announcement.First.WaitAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<Candidate> ResolveAsync(EndpointId id, CancellationToken cancellationToken = default) =>
        options.Resolve ? resolver.ResolveAsync(id, cancellationToken) : AsyncEnumerable.Empty<Candidate>();

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 0)
            await Task.WhenAll(publishers.Select(static publisher => publisher.DisposeAsync().AsTask()));
    }
}
