using AltSendme.Primitives.Encoding;
using AltSendme.Quic.Packets;

namespace AltSendme.Quic.Frames;

/// <summary>CONNECTION_CLOSE (RFC 9000, section 19.19): the connection ends, and why.</summary>
internal readonly ref struct ConnectionCloseFrame
{
    private static readonly TransportError Truncated = TransportError.FrameEncoding("CONNECTION_CLOSE is truncated");

    /// <summary>Whether the code is the application's.</summary>
    public required bool IsApplication { get; init; }

    /// <summary>The code: <see cref="TransportErrorCode"/> or the application's own.</summary>
    public required ulong Code { get; init; }

    /// <summary>The frame type that caused it; 0 where unknown or for an application's close.</summary>
    public required ulong CauseType { get; init; }

    /// <summary>UTF-8 text for people; not checked.</summary>
    public required ReadOnlySpan<byte> Reason { get; init; }

    /// <summary>Reads a frame whose type was read.</summary>
    public static bool TryRead(ref SpanReader reader, bool isApplication, out ConnectionCloseFrame frame, out TransportError error)
    {
        frame = default;
        error = Truncated;
        var cause = 0UL;
        if (!reader.TryReadVarInt(out var code) || (!isApplication && !reader.TryReadVarInt(out cause))
            || !reader.TryReadVarInt(out var length) || length > (ulong)reader.Remaining.Length || !reader.TryReadBytes((long)length, out var reason))
            return false;

        error = default;
        frame = new ConnectionCloseFrame { IsApplication = isApplication, Code = code, CauseType = cause, Reason = reason };
        return true;
    }

    /// <summary>Writes the frame; a reason that does not fit is cut.</summary>
    public void Write(ref PacketWriter writer)
    {
        writer.WriteByte((byte)(IsApplication ? FrameType.ConnectionCloseApplication : FrameType.ConnectionCloseTransport));
        writer.WriteVarInt(Code);
        if (!IsApplication)
            writer.WriteVarInt(CauseType);
        var fits = Math.Max(0, Math.Min(Reason.Length, writer.Room - 2));
        writer.WriteVarInt2(fits);
        writer.WriteBytes(Reason[..fits]);
    }
}
