using AltSendme.Quic.Crypto;
using AltSendme.Quic.Tls;

namespace AltSendme.Quic.Packets.Protection;

/// <summary>Opens packets that arrived with one key (RFC 9001, section 5).</summary>
internal sealed class PacketOpener(CipherSuite suite, PacketAead aead, HeaderProtection headerProtection, ReadOnlySpan<byte> iv) : IPacketOpener
{
    private PacketNonce _nonce = new(iv);

    /// <inheritdoc />
    public ulong IntegrityLimit => suite.IntegrityLimit;

    /// <inheritdoc />
    public bool TryOpen(ulong packetNumber, Span<byte> packet, int headerLength)
    {
        if (packet.Length - CryptoConstants.TagLength < headerLength)
            return false;

        Span<byte> nonce = stackalloc byte[CipherSuite.NonceLength];
        _nonce.Write(packetNumber, nonce);
        return aead.TryOpen(nonce, packet[..headerLength], packet[headerLength..^CryptoConstants.TagLength], packet[^CryptoConstants.TagLength..]);
    }

    /// <inheritdoc />
    public void ComputeHeaderMasks(ReadOnlySpan<byte> samples, Span<byte> masks) => headerProtection.Compute(samples, masks);

    /// <inheritdoc />
    public void Dispose()
    {
        _nonce = default;
        aead.Dispose();
        headerProtection.Dispose();
    }
}
