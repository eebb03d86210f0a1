using AltSendme.Quic.Crypto;

namespace AltSendme.Quic.Packets;

/// <summary>Retry (RFC 9000, section 17.2.5): asks a client to come back with a token that proves its address. Always alone in its datagram.</summary>
internal readonly ref struct RetryPacket
{
    /// <summary>The client's source connection id.</summary>
    public required ConnectionId Destination { get; init; }

    /// <summary>The connection id that the client must use from now on.</summary>
    public required ConnectionId Source { get; init; }

    /// <summary>The token that the client must bring.</summary>
    public required ReadOnlySpan<byte> Token { get; init; }

    /// <summary>Everything before the integrity tag.</summary>
    public required ReadOnlySpan<byte> Unsigned { get; init; }

    /// <summary>The integrity tag (RFC 9001, section 5.8).</summary>
    public required ReadOnlySpan<byte> Tag { get; init; }

    /// <summary>Reads a Retry packet; an empty token fails, as section 17.2.5.2 asks.</summary>
    public static bool TryRead(ReadOnlySpan<byte> datagram, out RetryPacket packet)
    {
        packet = default;
        if (!InvariantHeader.TryRead(datagram, out var invariant) || invariant.Version != QuicVersion.V1
            || (LongPacketType)((datagram[0] >> 4) & 3) != LongPacketType.Retry
            || invariant.Destination.Length > ConnectionId.MaxLength || invariant.Source.Length > ConnectionId.MaxLength)
            return false;

        var tokenStart = 7 + invariant.Destination.Length + invariant.Source.Length;
        var tokenEnd = datagram.Length - CryptoConstants.TagLength;
        if (tokenEnd <= tokenStart)
            return false;

        packet = new RetryPacket
        {
            Destination = new ConnectionId(invariant.Destination),
            Source = new ConnectionId(invariant.Source),
            Token = datagram[tokenStart..tokenEnd],
            Unsigned = datagram[..tokenEnd],
            Tag = datagram[tokenEnd..],
        };
        return true;
    }

    /// <summary>Writes a Retry packet and returns its length.</summary>
    public static int Write(
        Span<byte> buffer, ICryptoProvider crypto, in ConnectionId destination, in ConnectionId source, in ConnectionId originalDestination, ReadOnlySpan<byte> token)
    {
        var writer = new PacketWriter(buffer);
        writer.WriteByte(HeaderBits.LongForm | HeaderBits.Fixed | ((int)LongPacketType.Retry << 4));
        writer.WriteUInt32(QuicVersion.V1);
        writer.WriteByte((byte)destination.Length);
        writer.WriteBytes(destination.Bytes);
        writer.WriteByte((byte)source.Length);
        writer.WriteBytes(source.Bytes);
        writer.WriteBytes(token);
        var end = writer.Position;
        crypto.ComputeRetryTag(originalDestination.Bytes, buffer[..end], writer.Take(CryptoConstants.TagLength));
        return writer.Position;
    }
}
