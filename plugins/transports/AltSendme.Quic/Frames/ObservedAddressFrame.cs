using System.Buffers.Binary;
using System.Net;
using AltSendme.Primitives.Encoding;
using AltSendme.Quic.Packets;
using AltSendme.Quic.Paths;

namespace AltSendme.Quic.Frames;

/// <summary>OBSERVED_ADDRESS (draft-ietf-quic-address-discovery, section 3): the address at which the sender sees the receiver, one type for each family.</summary>
/// <param name="Sequence">Counts the frames of a connection; one that does not raise it is old and ignored.</param>
/// <param name="Address">The address; IPv4 or IPv6.</param>
internal readonly record struct ObservedAddressFrame(ulong Sequence, NetworkAddress Address)
{
    /// <summary>Bytes of the longest frame.</summary>
    public const int MaxLength = 4 + 8 + 16 + sizeof(ushort);

    private const int Ipv4Length = 4;
    private const int Ipv6Length = 16;
    private static readonly TransportError Truncated = TransportError.FrameEncoding("OBSERVED_ADDRESS is truncated");

    /// <summary>Bytes that <see cref="Write"/> takes.</summary>
    public int Length => QuicVarInt.Length(Type) + QuicVarInt.Length(Sequence) + HostLength + sizeof(ushort);

    private ulong Type => Address.Kind == AddressKind.IPv4 ? FrameType.ObservedIpv4Address : FrameType.ObservedIpv6Address;

    private int HostLength => Address.Kind == AddressKind.IPv4 ? Ipv4Length : Ipv6Length;

    /// <summary>Reads a frame whose type was read. An IPv4 address in the form of an IPv6 one becomes IPv4: that is how sockets of both families see it.</summary>
    public static bool TryRead(ref SpanReader reader, bool isIpv6, out ObservedAddressFrame frame, out TransportError error)
    {
        frame = default;
        error = Truncated;
        if (!reader.TryReadVarInt(out var sequence) || !reader.TryReadBytes(isIpv6 ? Ipv6Length : Ipv4Length, out var host) || !reader.TryReadUInt16BigEndian(out var port))
            return false;
        error = default;
        frame = new ObservedAddressFrame(sequence, NetworkAddress.From(new IPAddress(host), port));
        return true;
    }

    /// <summary>Writes the frame.</summary>
    public void Write(ref PacketWriter writer)
    {
        writer.WriteVarInt(Type);
        writer.WriteVarInt(Sequence);
        Span<byte> host = stackalloc byte[Ipv6Length];
        BinaryPrimitives.WriteUInt128BigEndian(host, Address.Host);
        writer.WriteBytes(host[^HostLength..]);
        BinaryPrimitives.WriteUInt16BigEndian(writer.Take(sizeof(ushort)), Address.Port);
    }
}
