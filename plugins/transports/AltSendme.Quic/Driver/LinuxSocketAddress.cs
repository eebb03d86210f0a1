using System.Buffers.Binary;
using System.Runtime.InteropServices;
using AltSendme.Quic.Paths;

namespace AltSendme.Quic.Driver;

/// <summary>struct sockaddr_in and sockaddr_in6, read and written without allocation. IPv4 on an IPv6 socket is mapped (RFC 4291, section 2.5.5.2).</summary>
internal static class LinuxSocketAddress
{
    /// <summary>Bytes of the longest form.</summary>
    public const int MaxLength = 28;

    private const int Inet4Length = 16;

    private static readonly UInt128 MappedPrefix = (UInt128)0xffff << 32;

    /// <summary>Reads an address that the kernel wrote.</summary>
    public static NetworkAddress Read(ReadOnlySpan<byte> source)
    {
        var family = MemoryMarshal.Read<ushort>(source);
        var port = BinaryPrimitives.ReadUInt16BigEndian(source[2..]);
        return family switch
        {
            LinuxSocketCalls.FamilyInet => new NetworkAddress(AddressKind.IPv4, BinaryPrimitives.ReadUInt32BigEndian(source[4..]), port),
            LinuxSocketCalls.FamilyInet6 => FromInet6(BinaryPrimitives.ReadUInt128BigEndian(source[8..]), port, MemoryMarshal.Read<uint>(source[24..])),
            _ => default,
        };
    }

    /// <summary>An IPv6 address as the core sees it: mapped IPv4 becomes IPv4.</summary>
    public static NetworkAddress FromInet6(UInt128 host, ushort port, uint scope) =>
        host >> 32 == MappedPrefix >> 32 ? new NetworkAddress(AddressKind.IPv4, (uint)host, port) : new NetworkAddress(AddressKind.IPv6, host, port, scope);

    /// <summary>The 16 bytes of an address on an IPv6 socket.</summary>
    public static UInt128 ToInet6(in NetworkAddress address) => address.Kind == AddressKind.IPv4 ? MappedPrefix | address.Host : address.Host;

    /// <summary>Writes an address for a socket of a family and returns its length; 0 when the socket cannot send there.</summary>
    public static int Write(Span<byte> destination, in NetworkAddress address, bool isInet6)
    {
        if (address.Kind is not (AddressKind.IPv4 or AddressKind.IPv6) || (!isInet6 && address.Kind == AddressKind.IPv6))
            return 0;
        destination[..MaxLength].Clear();
        BinaryPrimitives.WriteUInt16BigEndian(destination[2..], address.Port);
        if (!isInet6)
        {
            MemoryMarshal.Write(destination, LinuxSocketCalls.FamilyInet);
            BinaryPrimitives.WriteUInt32BigEndian(destination[4..], (uint)address.Host);
            return Inet4Length;
        }

        MemoryMarshal.Write(destination, LinuxSocketCalls.FamilyInet6);
        BinaryPrimitives.WriteUInt128BigEndian(destination[8..], ToInet6(address));
        MemoryMarshal.Write(destination[24..], address.Scope);
        return MaxLength;
    }
}
