using AltSendme.Quic.Crypto;

namespace AltSendme.Quic.Simulation.PlainCrypto;

/// <summary>Both directions' keys without cryptography. A packet opens only with the keys, the number and the bytes that it was sealed with.</summary>
internal sealed class PlainKeys(ulong secret, PlainProvider provider) : IPacketSealer, IPacketOpener
{
    /// <inheritdoc />
    public ulong ConfidentialityLimit => provider.ConfidentialityLimit;

    /// <inheritdoc />
    public ulong IntegrityLimit => 1UL << 36;

    /// <inheritdoc />
    public void Seal(ulong packetNumber, Span<byte> packet, int headerLength)
    {
        var tag = packet[^CryptoConstants.TagLength..];
        tag.Clear();
        if (provider.IsChecked)
            PlainChecksum.Write(tag, Sum(packetNumber, packet));
    }

    /// <inheritdoc />
    public bool TryOpen(ulong packetNumber, Span<byte> packet, int headerLength)
    {
        if (packet.Length < headerLength + CryptoConstants.TagLength)
            return false;
        if (!provider.IsChecked)
            return true;
        Span<byte> expected = stackalloc byte[CryptoConstants.TagLength];
        expected.Clear();
        PlainChecksum.Write(expected, Sum(packetNumber, packet));
        return expected.SequenceEqual(packet[^CryptoConstants.TagLength..]);
    }

    /// <inheritdoc />
    public void ComputeHeaderMasks(ReadOnlySpan<byte> samples, Span<byte> masks) => samples.CopyTo(masks);

    /// <inheritdoc />
    public void Dispose()
    {
    }

    private ulong Sum(ulong packetNumber, ReadOnlySpan<byte> packet) => PlainChecksum.Of(secret ^ (packetNumber * 0xff51afd7ed558ccd), packet[..^CryptoConstants.TagLength]);
}
