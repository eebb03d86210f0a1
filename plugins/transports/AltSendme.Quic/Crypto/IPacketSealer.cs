namespace AltSendme.Quic.Crypto;

/// <summary>Protects packets that are sent, with the keys of one level and phase (RFC 9001, sections 5.3 and 5.4). Owned by one connection; disposing zeroes the keys.</summary>
internal interface IPacketSealer : IDisposable
{
    /// <summary>Packets that may be sealed before the key must change (RFC 9001, section 6.6).</summary>
    ulong ConfidentialityLimit { get; }

    /// <summary>
    /// Encrypts in place. <paramref name="packet"/> is the header (<paramref name="headerLength"/> bytes, not yet protected, packet number included), the plaintext and
    /// <see cref="CryptoConstants.TagLength"/> bytes of room for the tag.
    /// </summary>
    void Seal(ulong packetNumber, Span<byte> packet, int headerLength);

    /// <summary>
    /// Computes header protection masks for several packets at once: <paramref name="samples"/> holds 16 bytes a packet, <paramref name="masks"/> gets 16 bytes a packet, of which the first 5 count.
    /// The two spans may be the same.
    /// </summary>
    void ComputeHeaderMasks(ReadOnlySpan<byte> samples, Span<byte> masks);
}
