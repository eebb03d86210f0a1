namespace AltSendme.Quic.Packets;

/// <summary>Header of a 1-RTT packet (RFC 9000, section 17.3.1). Its connection id has the length that the receiver chose when it issued it.</summary>
internal static class ShortHeader
{
    /// <summary>Bytes that <see cref="Write"/> takes.</summary>
    public static int Length(int destinationLength, int packetNumberLength) => 1 + destinationLength + packetNumberLength;

    /// <summary>Reads the destination; false when the datagram is too short to hold it and a header protection sample.</summary>
    public static bool TryReadDestination(ReadOnlySpan<byte> datagram, int destinationLength, out ConnectionId destination)
    {
        if (datagram.Length < 1 + destinationLength || (datagram[0] & HeaderBits.LongForm) != 0)
        {
            destination = default;
            return false;
        }

        destination = new ConnectionId(datagram.Slice(1, destinationLength));
        return true;
    }

    /// <summary>Writes a header.</summary>
    public static void Write(ref PacketWriter writer, bool greaseFixedBit, bool keyPhase, in ConnectionId destination, ulong packetNumber, int packetNumberLength)
    {
        writer.WriteByte((byte)((greaseFixedBit ? 0 : HeaderBits.Fixed) | (keyPhase ? HeaderBits.KeyPhase : 0) | (packetNumberLength - 1)));
        writer.WriteBytes(destination.Bytes);
        PacketNumberCodec.Write(ref writer, packetNumber, packetNumberLength);
    }
}
