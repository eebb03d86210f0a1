using AltSendme.Quic.Crypto;

namespace AltSendme.Quic.Frames;

/// <summary>Frame types (RFC 9000, section 19; RFC 9221, section 4; draft-ietf-quic-ack-frequency; draft-ietf-quic-address-discovery). Types that carry flags name their first value.</summary>
internal static class FrameType
{
    public const ulong Padding = 0x00;
    public const ulong Ping = 0x01;
    public const ulong Ack = 0x02;
    public const ulong AckEcn = 0x03;
    public const ulong ResetStream = 0x04;
    public const ulong StopSending = 0x05;
    public const ulong Crypto = 0x06;
    public const ulong NewToken = 0x07;
    public const ulong Stream = 0x08;
    public const ulong StreamLast = 0x0f;
    public const ulong MaxData = 0x10;
    public const ulong MaxStreamData = 0x11;
    public const ulong MaxStreamsBidirectional = 0x12;
    public const ulong MaxStreamsUnidirectional = 0x13;
    public const ulong DataBlocked = 0x14;
    public const ulong StreamDataBlocked = 0x15;
    public const ulong StreamsBlockedBidirectional = 0x16;
    public const ulong StreamsBlockedUnidirectional = 0x17;
    public const ulong NewConnectionId = 0x18;
    public const ulong RetireConnectionId = 0x19;
    public const ulong PathChallenge = 0x1a;
    public const ulong PathResponse = 0x1b;
    public const ulong ConnectionCloseTransport = 0x1c;
    public const ulong ConnectionCloseApplication = 0x1d;
    public const ulong HandshakeDone = 0x1e;
    public const ulong ImmediateAck = 0x1f;
    public const ulong Datagram = 0x30;
    public const ulong DatagramWithLength = 0x31;
    public const ulong AckFrequency = 0xaf;
    public const ulong ObservedIpv4Address = 0x9f81a6;
    public const ulong ObservedIpv6Address = 0x9f81a7;

    /// <summary>Whether we know the frame; the extensions among them are those that our transport parameters can offer.</summary>
    public static bool IsKnown(ulong type) => type is <= ImmediateAck or Datagram or DatagramWithLength or AckFrequency or ObservedIpv4Address or ObservedIpv6Address;

    /// <summary>Whether a frame may travel in packets of a level (RFC 9000, section 12.4, table 3).</summary>
    public static bool IsAllowed(ulong type, EncryptionLevel level) =>
        level == EncryptionLevel.Application || type is Padding or Ping or Ack or AckEcn or Crypto or ConnectionCloseTransport;

    /// <summary>Whether receiving the frame calls for an acknowledgement (RFC 9000, section 13.2).</summary>
    public static bool IsAckEliciting(ulong type) => type is not (Padding or Ack or AckEcn or ConnectionCloseTransport or ConnectionCloseApplication);

    /// <summary>Whether a packet with only such frames probes a path instead of moving to it (RFC 9000, section 9.1; draft-ietf-quic-address-discovery, section 3).</summary>
    public static bool IsProbing(ulong type) => type is Padding or PathChallenge or PathResponse or NewConnectionId or ObservedIpv4Address or ObservedIpv6Address;
}
