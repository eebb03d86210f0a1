using AltSendme.Primitives.Encoding;

namespace AltSendme.Transports.Tls.Wire;

/// <summary>Writes frame headers.</summary>
internal static class FrameWriter
{
    /// <summary>Writes the header of <paramref name="frame"/> and returns its bytes; the payload follows it.</summary>
    /// <param name="destination">Has room for <see cref="Frame.MaxHeaderLength"/> bytes.</param>
    /// <param name="frame">What to write.</param>
    public static int Write(Span<byte> destination, in Frame frame)
    {
        destination[0] = (byte)frame.Type;
        return 1 + (frame.Type switch
        {
            FrameType.Open or FrameType.Fin => QuicVarInt.Write(destination[1..], frame.Stream.Value),
            FrameType.Data => WritePair(destination[1..], frame.Stream.Value, (ulong)frame.PayloadLength),
            FrameType.Window or FrameType.Reset or FrameType.Stop => WritePair(destination[1..], frame.Stream.Value, frame.Value),
            FrameType.Close or FrameType.Fault => WritePair(destination[1..], frame.Value, (ulong)frame.PayloadLength),
            FrameType.Settings => QuicVarInt.Write(destination[1..], (ulong)frame.PayloadLength),
            _ => QuicVarInt.Write(destination[1..], frame.Value),
        });
    }

    private static int WritePair(Span<byte> destination, ulong first, ulong second)
    {
        var length = QuicVarInt.Write(destination, first);
        return length + QuicVarInt.Write(destination[length..], second);
    }
}
