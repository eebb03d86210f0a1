using AltSendme.Primitives.Encoding;

namespace AltSendme.Quic.Packets;

/// <summary>Header of an Initial, 0-RTT or Handshake packet of QUIC v1 (RFC 9000, sections 17.2.2 to 17.2.4), as far as it can be read with protection on.</summary>
internal readonly ref struct LongHeader
{
    /// <summary>Bytes that the Length field always takes when we write it.</summary>
    public const int LengthFieldLength = 2;

    /// <summary>The type of the packet; never <see cref="LongPacketType.Retry"/>.</summary>
    public required LongPacketType Type { get; init; }

    /// <summary>Destination connection id.</summary>
    public required ConnectionId Destination { get; init; }

    /// <summary>Source connection id.</summary>
    public required ConnectionId Source { get; init; }

    /// <summary>Token of an Initial; empty otherwise.</summary>
    public required ReadOnlySpan<byte> Token { get; init; }

    /// <summary>Where the packet number begins.</summary>
    public required int PacketNumberOffset { get; init; }

    /// <summary>Bytes of the whole packet; what follows in the datagram is another packet (RFC 9000, section 12.2).</summary>
    public required int PacketLength { get; init; }

    /// <summary>Reads a header; false when it is not a QUIC v1 packet of these types or does not fit into the datagram.</summary>
    public static bool TryRead(ReadOnlySpan<byte> datagram, out LongHeader header)
    {
        header = default;
        if (!InvariantHeader.TryRead(datagram, out var invariant) || invariant.Version != QuicVersion.V1
            || invariant.Destination.Length > ConnectionId.MaxLength || invariant.Source.Length > ConnectionId.MaxLength)
            return false;

        var type = (LongPacketType)((datagram[0] >> 4) & 3);
        if (type == LongPacketType.Retry)
            return false;

        var reader = new SpanReader(datagram[(7 + invariant.Destination.Length + invariant.Source.Length)..]);
        ReadOnlySpan<byte> token = default;
        if (type == LongPacketType.Initial
            && (!reader.TryReadVarInt(out var tokenLength) || tokenLength > (ulong)reader.Remaining.Length || !reader.TryReadBytes((long)tokenLength, out token)))
            return false;
        if (!reader.TryReadVarInt(out var length) || length > (ulong)reader.Remaining.Length)
            return false;

        var offset = datagram.Length - reader.Remaining.Length;
        header = new LongHeader
        {
            Type = type,
            Destination = new ConnectionId(invariant.Destination),
            Source = new ConnectionId(invariant.Source),
            Token = token,
            PacketNumberOffset = offset,
            PacketLength = offset + (int)length,
        };
        return true;
    }

    /// <summary>Bytes that <see cref="Write"/> takes, Length field and packet number included.</summary>
    public static int Length(LongPacketType type, int destinationLength, int sourceLength, int tokenLength, int packetNumberLength)
    {
        var length = 7 + destinationLength + sourceLength + LengthFieldLength + packetNumberLength;
        return type == LongPacketType.Initial ? length + QuicVarInt.Length((ulong)tokenLength) + tokenLength : length;
    }

    /// <summary>Writes a header with an open Length field and returns where that field stands; <see cref="PatchLength"/> fills it when the payload is known.</summary>
    public static int Write(
        ref PacketWriter writer, LongPacketType type, bool greaseFixedBit, in ConnectionId destination, in ConnectionId source, ReadOnlySpan<byte> token, ulong packetNumber, int packetNumberLength)
    {
        var fixedBit = greaseFixedBit ? 0 : HeaderBits.Fixed;
        writer.WriteByte((byte)(HeaderBits.LongForm | fixedBit | ((int)type << 4) | (packetNumberLength - 1)));
        writer.WriteUInt32(QuicVersion.V1);
        writer.WriteByte((byte)destination.Length);
        writer.WriteBytes(destination.Bytes);
        writer.WriteByte((byte)source.Length);
        writer.WriteBytes(source.Bytes);
        if (type == LongPacketType.Initial)
        {
            writer.WriteVarInt((ulong)token.Length);
            writer.WriteBytes(token);
        }

        var lengthField = writer.Position;
        writer.WriteVarInt2(0);
        PacketNumberCodec.Write(ref writer, packetNumber, packetNumberLength);
        return lengthField;
    }

    /// <summary>Fills the Length field: everything from the packet number to the end of the tag.</summary>
    public static void PatchLength(Span<byte> packet, int lengthField)
    {
        var writer = new PacketWriter(packet[lengthField..]);
        writer.WriteVarInt2(packet.Length - lengthField - LengthFieldLength);
    }
}
