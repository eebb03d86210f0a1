using System.Buffers.Binary;
using System.Runtime.InteropServices;
using AltSendme.Quic.Paths;

namespace AltSendme.Quic.Driver;

/// <summary>struct sockaddr_in and sockaddr_in6 after their first two bytes, which alone differ between platforms; read and written without allocation. IPv4 on an IPv6 socket is mapped (RFC 4291, section 2.5.5.2).</summary>
internal static class SocketAddressLayout
{
    /// <summary>Bytes of sockaddr_in.</summary>
    public const int Inet4Length = 16;

    /// <summary>Bytes of sockaddr_in6, the longer of the two.</summary>
    public const int Inet6Length = 28;

    private static readonly UInt128 MappedPrefix = (UInt128)0xffff << 32;

    /// <summary>Reads a sockaddr_in.</summary>
    public static NetworkAddress ReadInet4(ReadOnlySpan<byte> source) =>
        new(AddressKind.IPv4, BinaryPrimitives.ReadUInt32BigEndian(source[4..]), BinaryPrimitives.ReadUInt16BigEndian(source[2..]));

    /// <summary>Reads a sockaddr_in6.</summary>
    public static NetworkAddress ReadInet6(ReadOnlySpan<byte> source) =>
        FromInet6(BinaryPrimitives.ReadUInt128BigEndian(source[8..]), BinaryPrimitives.ReadUInt16BigEndian(source[2..]), MemoryMarshal.Read<uint>(source[24..]));

    /// <summary>An IPv6 address as the core sees it: mapped IPv4 becomes IPv4.</summary>
    public static NetworkAddress FromInet6(UInt128 host, ushort port, uint scope) =>
        host >> 32 == MappedPrefix >> 32 ? new NetworkAddress(AddressKind.IPv4, (uint)host, port) : new NetworkAddress(AddressKind.IPv6, host, port, scope);

    /// <summary>Writes an address for a socket of a family; false when the socket cannot send there. What is not written is zero already, or the family.</summary>
    public static bool TryWrite(Span<byte> destination, in NetworkAddress address, bool isInet6)
    {
        if (address.Kind is not (AddressKind.IPv4 or AddressKind.IPv6) || (!isInet6 && address.Kind == AddressKind.IPv6))
            return false;
        BinaryPrimitives.WriteUInt16BigEndian(destination[2..], address.Port);
        if (!isInet6)
        {
            BinaryPrimitives.WriteUInt32BigEndian(destination[4..], (uint)address.Host);
            return true;
        }

        BinaryPrimitives.WriteUInt128BigEndian(destination[8..], address.Kind == AddressKind.IPv4 ? MappedPrefix | address.Host : address.Host);
        MemoryMarshal.Write(destination[24..], address.Scope);
        return true;
    }
}
