using AltSendme.Primitives.Encoding;
using AltSendme.Quic.Packets;

namespace AltSendme.Quic.Frames;

/// <summary>NEW_TOKEN (RFC 9000, section 19.7): a token for the client's next connection.</summary>
internal readonly ref struct NewTokenFrame
{
    private static readonly TransportError Truncated = TransportError.FrameEncoding("NEW_TOKEN is truncated");
    private static readonly TransportError Empty = TransportError.FrameEncoding("NEW_TOKEN is empty");

    /// <summary>The token; never empty.</summary>
    public required ReadOnlySpan<byte> Token { get; init; }

    /// <summary>Bytes in front of a token of this length.</summary>
    public static int HeaderLength(int tokenLength) => 1 + QuicVarInt.Length((ulong)tokenLength);

    /// <summary>Reads a frame whose type was read.</summary>
    public static bool TryRead(ref SpanReader reader, out NewTokenFrame frame, out TransportError error)
    {
        frame = default;
        error = Truncated;
        if (!reader.TryReadVarInt(out var length) || length > (ulong)reader.Remaining.Length || !reader.TryReadBytes((long)length, out var token))
            return false;
        if (token.IsEmpty)
        {
            error = Empty;
            return false;
        }

        error = default;
        frame = new NewTokenFrame { Token = token };
        return true;
    }

    /// <summary>Writes a frame.</summary>
    public static void Write(ref PacketWriter writer, scoped ReadOnlySpan<byte> token)
    {
        writer.WriteByte((byte)FrameType.NewToken);
        writer.WriteVarInt((ulong)token.Length);
        writer.WriteBytes(token);
    }
}
