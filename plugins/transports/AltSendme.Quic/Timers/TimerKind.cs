namespace AltSendme.Quic.Timers;

/// <summary>Everything that a connection may wait for.</summary>
internal enum TimerKind : byte
{
    /// <summary>A packet is lost by time, or a probe is due (RFC 9002, section 6.2).</summary>
    LossDetection,

    /// <summary>Nothing came for too long (RFC 9000, section 10.1).</summary>
    Idle,

    /// <summary>Something should be sent so that the peer stays (RFC 9000, section 10.1.2).</summary>
    KeepAlive,

    /// <summary>An acknowledgement is due (RFC 9000, section 13.2.1).</summary>
    AckDelay,

    /// <summary>The pacer allows the next packet.</summary>
    Pacing,

    /// <summary>A path challenge got no answer (RFC 9000, section 8.2.4).</summary>
    PathValidation,

    /// <summary>Keys of the phase before may go (RFC 9001, section 6.5).</summary>
    KeyDiscard,

    /// <summary>The handshake takes too long.</summary>
    Handshake,

    /// <summary>A closed connection may be forgotten (RFC 9000, section 10.2).</summary>
    Drain,

    /// <summary>The search for a larger MTU begins anew.</summary>
    MtuSearch,
}
