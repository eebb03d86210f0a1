namespace AltSendme.Quic.Streams;

/// <summary>How many streams of one direction there were and may be (RFC 9000, section 4.6), for both ends.</summary>
internal sealed class StreamCounts(ulong concurrent)
{
    private readonly ulong _concurrent = concurrent;
    private ulong _closedByPeer;

    /// <summary>Streams that we opened.</summary>
    public ulong Opened { get; set; }

    /// <summary>Streams that we may open.</summary>
    public ulong OpenLimit { get; private set; }

    /// <summary>The limit at which STREAMS_BLOCKED was last sent.</summary>
    public ulong? BlockedAt { get; set; }

    /// <summary>Whether STREAMS_BLOCKED should be sent.</summary>
    public bool IsBlockedPending { get; set; }

    /// <summary>Streams that the peer opened.</summary>
    public ulong OpenedByPeer { get; set; }

    /// <summary>Those of them that the application accepted.</summary>
    public ulong Accepted { get; set; }

    /// <summary>Streams that the peer may open.</summary>
    public ulong PeerLimit { get; private set; } = concurrent;

    /// <summary>Whether MAX_STREAMS should be sent.</summary>
    public bool IsLimitPending { get; set; }

    /// <summary>Takes MAX_STREAMS; false when it is not higher.</summary>
    public bool OnOpenLimit(ulong limit)
    {
        if (limit <= OpenLimit)
            return false;
        OpenLimit = limit;
        return true;
    }

    /// <summary>A stream of the peer's is through: it may open another. Told in batches.</summary>
    public void OnPeerStreamClosed()
    {
        _closedByPeer++;
        if (_closedByPeer + _concurrent - PeerLimit < Math.Max(1, _concurrent / 4))
            return;
        PeerLimit = _closedByPeer + _concurrent;
        IsLimitPending = true;
    }
}
