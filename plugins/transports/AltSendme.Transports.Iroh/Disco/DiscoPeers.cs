using AltSendme.Abstractions;

namespace AltSendme.Transports.Iroh.Disco;

/// <summary>The boxes of the peers that were heard of lately. Making one costs a key agreement, so strangers get only so many a second. Thread-safe.</summary>
internal sealed class DiscoPeers(IEndpointIdentity identity, TimeProvider time)
{
    private static readonly TimeSpan CallInterval = TimeSpan.FromSeconds(2);

    private readonly Lock _gate = new();   // guards all below
    private readonly Dictionary<EndpointId, Peer> _known = [];
    private long _second = time.GetTimestamp();
    private int _newThisSecond;

    /// <summary>The box for a peer of our own choice; null when its id is no key.</summary>
    public DiscoBox? Of(EndpointId peer)
    {
        lock (_gate)
            return Find(peer);
    }

    /// <summary>The box for whoever claims to have sent a datagram; null as well when too many new ones came.</summary>
    public DiscoBox? OfStranger(EndpointId peer)
    {
        lock (_gate)
        {
            if (_known.ContainsKey(peer))
                return Find(peer);
            if (time.GetElapsedTime(_second) >= TimeSpan.FromSeconds(1))
                (_second, _newThisSecond) = (time.GetTimestamp(), 0);
            return ++_newThisSecond <= TransportLimits.NewDiscoPeersPerSecond ? Find(peer) : null;
        }
    }

    /// <summary>Whether it is time to ask a peer again to ping us.</summary>
    public bool MayCall(EndpointId peer, long now)
    {
        lock (_gate)
        {
            if (!_known.TryGetValue(peer, out var known) || (known.Called is { } last && time.GetElapsedTime(last, now) < CallInterval))
                return false;
            known.Called = now;
            return true;
        }
    }

    private DiscoBox? Find(EndpointId peer)
    {
        if (_known.TryGetValue(peer, out var known))
            return known.Box;

        // Strangers must not fill the memory; who is still talked to comes back at once.
        if (_known.Count >= TransportLimits.DiscoPeers)
            _known.Clear();
        if (DiscoBox.For(identity, peer) is not { } box)
            return null;
        _known.Add(peer, new Peer(box));
        return box;
    }

    private sealed class Peer(DiscoBox box)
    {
        public DiscoBox Box => box;

        public long? Called { get; set; }
    }
}
