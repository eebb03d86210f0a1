namespace AltSendme.Relays.Server.WebSockets;

/// <summary>What is wrong with bytes that should be WebSocket frames of a client (RFC 6455, section 5).</summary>
internal enum WebSocketFault
{
    None,

    /// <summary>A client masks every frame.</summary>
    NotMasked,

    /// <summary>A reserved bit is set: no extension was agreed on.</summary>
    ReservedBit,

    /// <summary>No frame has this opcode.</summary>
    UnknownOpcode,

    /// <summary>The message is larger than any may be.</summary>
    TooLarge,

    /// <summary>A continuation without a beginning, or a beginning within a message.</summary>
    OutOfOrder,

    /// <summary>A control frame in parts, or with more than 125 bytes.</summary>
    BadControl,
}
