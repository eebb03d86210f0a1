using AltSendme.Primitives.Encoding;
using AltSendme.Quic.Packets;

namespace AltSendme.Quic.Frames;

/// <summary>CRYPTO (RFC 9000, section 19.6): bytes of the TLS handshake.</summary>
internal readonly ref struct CryptoFrame
{
    private static readonly TransportError Truncated = TransportError.FrameEncoding("CRYPTO is truncated");
    private static readonly TransportError TooFar = TransportError.FrameEncoding("CRYPTO ends beyond offset 2^62 - 1");

    /// <summary>Offset of the first byte in the level's stream.</summary>
    public required ulong Offset { get; init; }

    /// <summary>The bytes.</summary>
    public required ReadOnlySpan<byte> Data { get; init; }

    /// <summary>Reads a frame whose type was read.</summary>
    public static bool TryRead(ref SpanReader reader, out CryptoFrame frame, out TransportError error)
    {
        frame = default;
        error = Truncated;
        if (!reader.TryReadVarInt(out var offset) || !reader.TryReadVarInt(out var length)
            || length > (ulong)reader.Remaining.Length || !reader.TryReadBytes((long)length, out var data))
            return false;
        if (offset + length > QuicVarInt.MaxValue)
        {
            error = TooFar;
            return false;
        }

        error = default;
        frame = new CryptoFrame { Offset = offset, Data = data };
        return true;
    }

    /// <summary>Bytes before the data.</summary>
    public static int HeaderLength(ulong offset) => 1 + QuicVarInt.Length(offset) + 2;

    /// <summary>Writes everything up to the data. <paramref name="length"/> is at most 16383.</summary>
    public static void WriteHeader(ref PacketWriter writer, ulong offset, int length)
    {
        writer.WriteByte((byte)FrameType.Crypto);
        writer.WriteVarInt(offset);
        writer.WriteVarInt2(length);
    }
}
