using AltSendme.Quic.Recovery;

namespace AltSendme.Quic.Congestion;

/// <summary>Decides how many bytes may be in flight on a path (RFC 9002, section 7). Sizes are bytes.</summary>
internal interface ICongestionController
{
    /// <summary>Bytes that may be in flight.</summary>
    ulong Window { get; }

    /// <summary>Bytes in flight.</summary>
    ulong BytesInFlight { get; }

    /// <summary>Window below which growth is exponential.</summary>
    ulong SlowStartThreshold { get; }

    /// <summary>Whether the window grows exponentially.</summary>
    bool IsInSlowStart { get; }

    /// <summary>A packet that counts was sent.</summary>
    void OnSent(int size, Instant now);

    /// <summary>A packet that counts was acknowledged.</summary>
    void OnAcknowledged(int size, Instant sentTime, RttEstimator rtt, Instant now);

    /// <summary>A round trip was measured, and all packets of its ACK frame were handled; <paramref name="largest"/> is its largest number and <paramref name="next"/> the next to be sent.</summary>
    void OnRoundTrip(RttEstimator rtt, ulong largest, ulong next);

    /// <summary>A packet that counts was lost; <see cref="OnLosses"/> follows once for all of them.</summary>
    void OnLost(int size, Instant sentTime);

    /// <summary>Packets were lost, the newest of them sent at <paramref name="sentTime"/>.</summary>
    void OnLosses(Instant sentTime, Instant now);

    /// <summary>An ECN mark tells of congestion; the newest packet acknowledged with it was sent at <paramref name="sentTime"/>.</summary>
    void OnCongestionMark(Instant sentTime, Instant now);

    /// <summary>Everything over a long time was lost (RFC 9002, section 7.6).</summary>
    void OnPersistentCongestion();

    /// <summary>A packet sent at <paramref name="sentTime"/> that had been declared lost arrived.</summary>
    void OnLateArrival(Instant sentTime);

    /// <summary>A packet left the count without having been lost or acknowledged.</summary>
    void OnDiscarded(int size);

    /// <summary>The path's datagram size, in bytes; the same as before or another one.</summary>
    void OnDatagramSize(int size);
}
