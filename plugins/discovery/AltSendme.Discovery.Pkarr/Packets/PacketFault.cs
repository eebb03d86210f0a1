namespace AltSendme.Discovery.Pkarr.Packets;

/// <summary>Why bytes are no packet of an endpoint.</summary>
internal enum PacketFault
{
    /// <summary>They are one.</summary>
    None,

    /// <summary>They end before the signature, the timestamp or the message does.</summary>
    TooShort,

    /// <summary>They are longer than <see cref="SignedPacket.MaxPayloadLength"/>.</summary>
    TooLong,

    /// <summary>The endpoint did not sign them.</summary>
    Signature,

    /// <summary>What the endpoint signed is no DNS message.</summary>
    Message,
}
