namespace AltSendme.Quic.Packets;

/// <summary>Bits of the first byte of a packet (RFC 9000, section 17).</summary>
internal static class HeaderBits
{
    /// <summary>Set in long headers.</summary>
    public const byte LongForm = 0x80;

    /// <summary>Set in every packet of QUIC v1, unless the receiver allowed grease (RFC 9287).</summary>
    public const byte Fixed = 0x40;

    /// <summary>Key phase, short header only.</summary>
    public const byte KeyPhase = 0x04;

    /// <summary>Latency spin bit, short header only; sent as zero (RFC 9000, section 17.4).</summary>
    public const byte Spin = 0x20;

    /// <summary>Must be zero in long headers once protection is removed.</summary>
    public const byte LongReserved = 0x0c;

    /// <summary>Must be zero in short headers once protection is removed.</summary>
    public const byte ShortReserved = 0x18;

    /// <summary>Length of the packet number, less one.</summary>
    public const byte PacketNumberLength = 0x03;

    /// <summary>Bits that header protection covers in a long header (RFC 9001, section 5.4.1).</summary>
    public const byte LongProtected = 0x0f;

    /// <summary>Bits that header protection covers in a short header (RFC 9001, section 5.4.1).</summary>
    public const byte ShortProtected = 0x1f;
}
