using System.Buffers.Binary;

namespace AltSendme.Quic.Packets;

/// <summary>Version Negotiation (RFC 9000, section 17.2.1; RFC 8999, section 6): lists the versions that a server speaks.</summary>
internal static class VersionNegotiationPacket
{
    /// <summary>Writes the answer to a packet of an unknown version and returns its length: ids swapped, version 1 and a reserved one offered.</summary>
    public static int Write(Span<byte> buffer, ReadOnlySpan<byte> destination, ReadOnlySpan<byte> source)
    {
        var writer = new PacketWriter(buffer);
        writer.WriteByte(HeaderBits.LongForm | HeaderBits.Fixed);
        writer.WriteUInt32(QuicVersion.Negotiation);
        writer.WriteByte((byte)destination.Length);
        writer.WriteBytes(destination);
        writer.WriteByte((byte)source.Length);
        writer.WriteBytes(source);
        writer.WriteUInt32(QuicVersion.Reserved);
        writer.WriteUInt32(QuicVersion.V1);
        return writer.Position;
    }

    /// <summary>Whether a well-formed packet offers <paramref name="version"/>; <paramref name="isWellFormed"/> is false when it is no Version Negotiation packet.</summary>
    public static bool Offers(ReadOnlySpan<byte> datagram, uint version, out bool isWellFormed)
    {
        isWellFormed = false;
        if (!InvariantHeader.TryRead(datagram, out var header) || header.Version != QuicVersion.Negotiation)
            return false;

        var versions = datagram[(7 + header.Destination.Length + header.Source.Length)..];
        isWellFormed = versions.Length > 0 && versions.Length % sizeof(uint) == 0;
        for (; isWellFormed && !versions.IsEmpty; versions = versions[sizeof(uint)..])
        {
            if (BinaryPrimitives.ReadUInt32BigEndian(versions) == version)
                return true;
        }

        return false;
    }
}
