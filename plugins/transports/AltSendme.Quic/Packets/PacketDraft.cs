using AltSendme.Quic.Crypto;

namespace AltSendme.Quic.Packets;

/// <summary>A packet whose frames are written, but that is not sealed yet: it may still grow by padding.</summary>
internal struct PacketDraft
{
    /// <summary>Its level.</summary>
    public EncryptionLevel Level;

    /// <summary>Where it begins in the datagram.</summary>
    public int Start;

    /// <summary>Where its packet number begins, counted from <see cref="Start"/>.</summary>
    public int PacketNumberOffset;

    /// <summary>Where its Length field stands, counted from <see cref="Start"/>; long headers only.</summary>
    public int LengthField;

    /// <summary>Bytes of the header, packet number included.</summary>
    public int HeaderLength;

    /// <summary>Bytes of header and payload, without tag.</summary>
    public int Length;

    /// <summary>Its number.</summary>
    public ulong PacketNumber;

    /// <summary>Where its frames begin in the space's ring.</summary>
    public long FirstFrame;

    /// <summary>Whether the peer must acknowledge it.</summary>
    public bool IsAckEliciting;

    /// <summary>Whether it has padding, which counts as in flight.</summary>
    public bool IsPadded;

    /// <summary>Whether its datagram must have the smallest size of QUIC (RFC 9000, sections 8.2.1 and 14.1).</summary>
    public bool NeedsFullDatagram;

    /// <summary>Whether it probes the MTU.</summary>
    public bool IsMtuProbe;
}
