namespace AltSendme.Transports.Tls.Wire;

/// <summary>First byte of a frame (docs/protocol/tls-transport.md).</summary>
internal enum FrameType : byte
{
    /// <summary>What the sender is ready to take; the first frame in each direction and only there.</summary>
    Settings = 0,

    /// <summary>Opens the next stream of the sender's side.</summary>
    Open = 1,

    /// <summary>Bytes of a stream.</summary>
    Data = 2,

    /// <summary>The sender's half of a stream is complete.</summary>
    Fin = 3,

    /// <summary>More bytes may be sent on a stream.</summary>
    Window = 4,

    /// <summary>The sender gives its half of a stream up.</summary>
    Reset = 5,

    /// <summary>The sender will not read the other half of a stream any more.</summary>
    Stop = 6,

    /// <summary>More streams may be opened.</summary>
    Streams = 7,

    /// <summary>Asks for a <see cref="Pong"/> with the same value.</summary>
    Ping = 8,

    /// <summary>Answers the latest <see cref="Ping"/>.</summary>
    Pong = 9,

    /// <summary>The application ends the connection.</summary>
    Close = 10,

    /// <summary>The sender ends the connection, because the receiver broke the rules of this protocol.</summary>
    Fault = 11,
}
