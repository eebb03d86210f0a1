namespace AltSendme.Quic.Crypto;

/// <summary>1-RTT keys through their updates (RFC 9001, section 6): the phase in use, the one before for late packets, the next when the peer moves first.</summary>
internal sealed class KeyPhases(PacketKeys first) : IDisposable
{
    private static readonly TransportError OldKeys = new(TransportErrorCode.KeyUpdateError, "A newer packet came with older keys");
    // Judged by what we sent, not by what the peer has told us to have: its acknowledgements may be lost (RFC 9001, section 6.2).
    private static readonly TransportError TooEarly = new(TransportErrorCode.KeyUpdateError, "Keys were updated again before the last update could be acknowledged");

    private PacketKeys _current = first;
    private PacketKeys? _next;
    private IPacketOpener? _previous;
    private ulong _firstReceived;
    private bool _hasReceived = true;
    private ulong _firstSent;

    /// <summary>The phase bit of packets that are sent.</summary>
    public bool Phase { get; private set; }

    /// <summary>Protects packets that are sent.</summary>
    public IPacketSealer Sealer => _current.Sealer;

    /// <summary>Header protection keys do not change with the phase.</summary>
    public IPacketOpener HeaderKeys => _current.Opener;

    /// <summary>Packets sealed in this phase.</summary>
    public ulong Sealed { get; private set; }

    /// <summary>How many updates there were.</summary>
    public int Updates { get; private set; }

    /// <summary>Whether keys of the phase before are still kept.</summary>
    public bool HasPrevious => _previous is not null;

    /// <summary>Whether this end may begin an update: a packet of the current phase was acknowledged (RFC 9001, section 6.1).</summary>
    public bool MayUpdate(ulong? largestAcknowledged) => largestAcknowledged >= _firstSent && _previous is null;

    /// <summary>Counts a packet that is about to be sealed.</summary>
    public void OnSealing() => Sealed++;

    /// <summary>Opens a packet; <paramref name="isUpdated"/> tells that the peer moved to the next phase with it. An error ends the connection; false without one means that the packet is not genuine.</summary>
    public bool TryOpen(Span<byte> packet, int headerLength, ulong packetNumber, bool phase, ICryptoSession session, ulong nextSent, out bool isUpdated, out TransportError error)
    {
        isUpdated = false;
        error = default;
        if (phase == Phase)
        {
            if (!_current.Opener.TryOpen(packetNumber, packet, headerLength))
                return false;
            if (!_hasReceived || packetNumber < _firstReceived)
                _firstReceived = packetNumber;
            _hasReceived = true;
            return true;
        }

        if (_previous is { } previous && (!_hasReceived || packetNumber < _firstReceived))
            return previous.TryOpen(packetNumber, packet, headerLength);

        _next ??= session.DeriveNextPhase();
        if (!_next.Value.Opener.TryOpen(packetNumber, packet, headerLength))
            return false;
        if (packetNumber < _firstReceived)
            error = OldKeys;
        else if (Updates > 0 && Sealed == 0)
            error = TooEarly;
        if (error.IsError)
            return false;

        Advance(nextSent);
        _firstReceived = packetNumber;
        _hasReceived = true;
        isUpdated = true;
        return true;
    }

    /// <summary>Begins an update from this end; the next packet to be sent is the first with the new keys.</summary>
    public void Update(ICryptoSession session, ulong nextSent)
    {
        _next ??= session.DeriveNextPhase();
        Advance(nextSent);
        _hasReceived = false;
    }

    /// <summary>Late packets of the phase before are no longer expected.</summary>
    public void DiscardPrevious()
    {
        _previous?.Dispose();
        _previous = null;
    }

    /// <inheritdoc />
    public void Dispose()
    {
        DiscardPrevious();
        _current.Sealer.Dispose();
        _current.Opener.Dispose();
        _next?.Sealer.Dispose();
        _next?.Opener.Dispose();
    }

    private void Advance(ulong nextSent)
    {
        DiscardPrevious();
        _previous = _current.Opener;
        _current.Sealer.Dispose();
        _current = _next!.Value;
        _next = null;
        _firstSent = nextSent;
        Phase = !Phase;
        Sealed = 0;
        Updates++;
    }
}
