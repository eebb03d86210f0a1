using System.Runtime.InteropServices;
using AltSendme.Quic.Paths;

namespace AltSendme.Quic.Driver;

/// <summary>Socket addresses as Linux has them: the family in the first two bytes, then <see cref="SocketAddressLayout"/>.</summary>
internal static class LinuxSocketAddress
{
    /// <summary>Bytes of the longest form.</summary>
    public const int MaxLength = SocketAddressLayout.Inet6Length;

    /// <summary>Reads an address that the kernel wrote.</summary>
    public static NetworkAddress Read(ReadOnlySpan<byte> source) => MemoryMarshal.Read<ushort>(source) switch
    {
        LinuxSocketCalls.FamilyInet => SocketAddressLayout.ReadInet4(source),
        LinuxSocketCalls.FamilyInet6 => SocketAddressLayout.ReadInet6(source),
        _ => default,
    };

    /// <summary>Writes an address for a socket of a family and returns its length; 0 when the socket cannot send there.</summary>
    public static int Write(Span<byte> destination, in NetworkAddress address, bool isInet6)
    {
        destination[..MaxLength].Clear();
        MemoryMarshal.Write(destination, isInet6 ? LinuxSocketCalls.FamilyInet6 : LinuxSocketCalls.FamilyInet);
        if (!SocketAddressLayout.TryWrite(destination, address, isInet6))
            return 0;
        return isInet6 ? SocketAddressLayout.Inet6Length : SocketAddressLayout.Inet4Length;
    }
}
