namespace AltSendme.Quic.Packets;

/// <summary>Packet types with a long header (RFC 9000, section 17.2, table 5); the value is that of the two type bits.</summary>
internal enum LongPacketType : byte
{
    /// <summary>RFC 9000, section 17.2.2.</summary>
    Initial = 0,

    /// <summary>RFC 9000, section 17.2.3; recognised and dropped.</summary>
    ZeroRtt = 1,

    /// <summary>RFC 9000, section 17.2.4.</summary>
    Handshake = 2,

    /// <summary>RFC 9000, section 17.2.5.</summary>
    Retry = 3,
}
