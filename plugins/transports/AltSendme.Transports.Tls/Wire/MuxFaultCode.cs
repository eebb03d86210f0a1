namespace AltSendme.Transports.Tls.Wire;

/// <summary>Rule of the multiplexer that a peer broke, as <see cref="FrameType.Fault"/> numbers it.</summary>
internal enum MuxFaultCode
{
    /// <summary>A frame could not be read.</summary>
    Malformed = 1,

    /// <summary>A payload is longer than was announced as the limit.</summary>
    TooLarge = 2,

    /// <summary>More bytes or streams than were granted.</summary>
    FlowControl = 3,

    /// <summary>A frame for a stream that does not exist or whose half has ended.</summary>
    StreamState = 4,

    /// <summary>A frame at a time when it may not come.</summary>
    Unexpected = 5,

    /// <summary>Nothing was heard of the peer for too long.</summary>
    Silence = 6,
}
