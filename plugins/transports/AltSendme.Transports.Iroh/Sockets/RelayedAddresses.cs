using System.Diagnostics.CodeAnalysis;
using AltSendme.Abstractions;
using AltSendme.Quic.Paths;

namespace AltSendme.Transports.Iroh.Sockets;

/// <summary>Numbers pairs of relay and peer, so that QUIC can treat them as addresses. Those that were not used for longest are forgotten when there are too many. Not thread-safe.</summary>
internal sealed class RelayedAddresses
{
    private readonly Dictionary<(Uri Relay, EndpointId Peer), ulong> _numbers = [];
    private readonly Dictionary<ulong, Entry> _entries = [];
    private ulong _next = 1;
    private ulong _uses;

    /// <summary>The address of a pair.</summary>
    public NetworkAddress Of(Uri relay, EndpointId peer)
    {
        if (!_numbers.TryGetValue((relay, peer), out var number))
        {
            if (_entries.Count >= TransportLimits.RelayedPeers)
                ForgetOldest();
            number = _next++;
            _numbers.Add((relay, peer), number);
            _entries.Add(number, new Entry(relay, peer));
        }

        _entries[number].LastUse = ++_uses;
        return NetworkAddress.Opaque(number);
    }

    /// <summary>The pair behind an address.</summary>
    public bool TryFind(in NetworkAddress address, [MaybeNullWhen(false)] out Uri relay, out EndpointId peer)
    {
        (relay, peer) = (null, default);
        if (address.Kind != AddressKind.Opaque || !_entries.TryGetValue((ulong)address.Host, out var entry))
            return false;
        entry.LastUse = ++_uses;
        (relay, peer) = (entry.Relay, entry.Peer);
        return true;
    }

    // A quarter at once: sorting is rare then.
    private void ForgetOldest()
    {
        foreach (var (number, entry) in _entries.OrderBy(static pair => pair.Value.LastUse).Take(TransportLimits.RelayedPeers / 4).ToArray())
        {
            _entries.Remove(number);
            _numbers.Remove((entry.Relay, entry.Peer));
        }
    }

    private sealed class Entry(Uri relay, EndpointId peer)
    {
        public Uri Relay => relay;

        public EndpointId Peer => peer;

        public ulong LastUse { get; set; }
    }
}
