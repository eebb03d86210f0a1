using AltSendme.Quic.Crypto;
using AltSendme.Quic.Tls;

namespace AltSendme.Quic.Packets.Protection;

/// <summary>Protects sent packets with one key (RFC 9001, section 5).</summary>
internal sealed class PacketSealer(CipherSuite suite, PacketAead aead, HeaderProtection headerProtection, ReadOnlySpan<byte> iv) : IPacketSealer
{
    private PacketNonce _nonce = new(iv);

    /// <inheritdoc />
    public ulong ConfidentialityLimit => suite.ConfidentialityLimit;

    /// <inheritdoc />
    public void Seal(ulong packetNumber, Span<byte> packet, int headerLength)
    {
        Span<byte> nonce = stackalloc byte[CipherSuite.NonceLength];
        _nonce.Write(packetNumber, nonce);
        aead.Seal(nonce, packet[..headerLength], packet[headerLength..^CryptoConstants.TagLength], packet[^CryptoConstants.TagLength..]);
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
