using AltSendme.Quic.Crypto;

namespace AltSendme.Quic.Packets;

/// <summary>Applies and removes header protection, given a mask (RFC 9001, section 5.4.1).</summary>
internal static class HeaderMask
{
    /// <summary>Where the sample begins, counted from the packet number: as if that had its full four bytes (RFC 9001, section 5.4.2).</summary>
    public const int SampleOffset = 4;

    /// <summary>The sample of a packet; false when the packet is too short to have one.</summary>
    public static bool TryGetSample(ReadOnlySpan<byte> packet, int packetNumberOffset, out ReadOnlySpan<byte> sample)
    {
        var start = packetNumberOffset + SampleOffset;
        var fits = start + CryptoConstants.SampleLength <= packet.Length;
        sample = fits ? packet.Slice(start, CryptoConstants.SampleLength) : default;
        return fits;
    }

    /// <summary>Masks the header of a packet that was sealed.</summary>
    public static void Apply(Span<byte> packet, int packetNumberOffset, ReadOnlySpan<byte> mask)
    {
        var length = (packet[0] & HeaderBits.PacketNumberLength) + 1;
        packet[0] ^= (byte)(mask[0] & ProtectedBits(packet[0]));
        for (var i = 0; i < length; i++)
            packet[packetNumberOffset + i] ^= mask[1 + i];
    }

    /// <summary>Unmasks the header of a packet that arrived and returns the length of its packet number.</summary>
    public static int Remove(Span<byte> packet, int packetNumberOffset, ReadOnlySpan<byte> mask)
    {
        packet[0] ^= (byte)(mask[0] & ProtectedBits(packet[0]));
        var length = (packet[0] & HeaderBits.PacketNumberLength) + 1;
        for (var i = 0; i < length; i++)
            packet[packetNumberOffset + i] ^= mask[1 + i];
        return length;
    }

    private static byte ProtectedBits(byte first) => (first & HeaderBits.LongForm) != 0 ? HeaderBits.LongProtected : HeaderBits.ShortProtected;
}
