namespace AltSendme.Quic.Crypto;

/// <summary>Removes the protection of packets that arrive, with the keys of one level and phase (RFC 9001, sections 5.3 and 5.4). Owned by one connection; disposing zeroes the keys.</summary>
internal interface IPacketOpener : IDisposable
{
    /// <summary>Packets that may fail to open before the connection must end (RFC 9001, section 6.6).</summary>
    ulong IntegrityLimit { get; }

    /// <summary>
    /// Decrypts in place. <paramref name="packet"/> is one whole packet whose header protection is already removed: header (<paramref name="headerLength"/> bytes), ciphertext, tag.
    /// After success <c>packet[headerLength..^16]</c> is the plaintext. After failure the content of the packet is unspecified.
    /// </summary>
    bool TryOpen(ulong packetNumber, Span<byte> packet, int headerLength);

    /// <summary>Computes header protection masks as <see cref="IPacketSealer.ComputeHeaderMasks"/> does.</summary>
    void ComputeHeaderMasks(ReadOnlySpan<byte> samples, Span<byte> masks);
}
