using System.Buffers.Binary;

namespace AltSendme.Relays.Server.WebSockets;

/// <summary>The beginning of a WebSocket frame (RFC 6455, section 5.2): read as a client writes it, masked; written as a server does, unmasked.</summary>
internal readonly record struct FrameHeader(byte Opcode, bool IsLast, int PayloadLength, uint Mask, int Length)
{
    public const byte Continuation = 0;
    public const byte Text = 1;
    public const byte Binary = 2;
    public const byte Close = 8;
    public const byte Ping = 9;
    public const byte Pong = 10;

    /// <summary>Longest header that a server writes here.</summary>
    public const int MaxServerLength = 10;

    private const byte LastBit = 0x80;
    private const byte MaskBit = 0x80;
    private const byte ReservedBits = 0x70;
    private const int LengthIn16Bits = 126;
    private const int LengthIn64Bits = 127;
    private const int MaxControlPayload = 125;

    /// <summary>Reads a header; <see langword="false"/> without a fault means that more bytes are needed.</summary>
    /// <param name="bytes">What has come so far.</param>
    /// <param name="maxPayload">A longer payload is a fault, as soon as its length is known.</param>
    /// <param name="header">The header.</param>
    /// <param name="fault">What is wrong.</param>
    public static bool TryRead(ReadOnlySpan<byte> bytes, int maxPayload, out FrameHeader header, out WebSocketFault fault)
    {
        header = default;
        fault = WebSocketFault.None;
        if (bytes.Length < 2)
            return false;

        var (opcode, last) = ((byte)(bytes[0] & 0x0F), (bytes[0] & LastBit) != 0);
        var shortLength = bytes[1] & 0x7F;
        if ((bytes[0] & ReservedBits) != 0)
            fault = WebSocketFault.ReservedBit;
        else if (opcode is > Binary and < Close or > Pong)
            fault = WebSocketFault.UnknownOpcode;
        else if ((bytes[1] & MaskBit) == 0)
            fault = WebSocketFault.NotMasked;
        else if (opcode >= Close && (!last || shortLength > MaxControlPayload))
            fault = WebSocketFault.BadControl;
        if (fault != WebSocketFault.None)
            return false;

        var extended = shortLength switch { LengthIn16Bits => 2, LengthIn64Bits => 8, _ => 0 };
        var length = 2 + extended + sizeof(uint);
        if (bytes.Length < 2 + extended)
            return false;
        var payload = extended switch
        {
            2 => BinaryPrimitives.ReadUInt16BigEndian(bytes[2..]),
            8 => BinaryPrimitives.ReadUInt64BigEndian(bytes[2..]),
            _ => (ulong)shortLength,
        };
        if (payload > (ulong)maxPayload)
        {
            fault = WebSocketFault.TooLarge;
            return false;
        }

        if (bytes.Length < length)
            return false;
        header = new FrameHeader(opcode, last, (int)payload, System.Runtime.InteropServices.MemoryMarshal.Read<uint>(bytes[(2 + extended)..]), length);
        return true;
    }

    /// <summary>Bytes of a server's header.</summary>
    public static int ServerLength(int payload) => payload < LengthIn16Bits ? 2 : payload <= ushort.MaxValue ? 4 : MaxServerLength;

    /// <summary>Writes a server's header of a whole message and returns its length.</summary>
    public static int Write(Span<byte> destination, byte opcode, int payload)
    {
        destination[0] = (byte)(LastBit | opcode);
        switch (ServerLength(payload))
        {
            case 2:
                destination[1] = (byte)payload;
                return 2;
            case 4:
                destination[1] = LengthIn16Bits;
                BinaryPrimitives.WriteUInt16BigEndian(destination[2..], (ushort)payload);
                return 4;
            default:
                destination[1] = LengthIn64Bits;
                BinaryPrimitives.WriteUInt64BigEndian(destination[2..], (ulong)payload);
                return MaxServerLength;
        }
    }

    /// <summary>Length of the frame that begins here and was written by <see cref="Write"/>.</summary>
    public static int WrittenLength(ReadOnlySpan<byte> frame) => frame[1] switch
    {
        LengthIn16Bits => 4 + BinaryPrimitives.ReadUInt16BigEndian(frame[2..]),
        LengthIn64Bits => MaxServerLength + (int)BinaryPrimitives.ReadUInt64BigEndian(frame[2..]),
        var length => 2 + length,
    };
}
