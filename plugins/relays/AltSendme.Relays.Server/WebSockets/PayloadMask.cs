using System.Numerics;
using System.Runtime.InteropServices;

namespace AltSendme.Relays.Server.WebSockets;

/// <summary>Takes a client's mask off (RFC 6455, section 5.3): every byte is combined with one of the mask's four, in turn.</summary>
internal static class PayloadMask
{
    /// <param name="payload">Changed in place.</param>
    /// <param name="mask">The four bytes as they stand in memory.</param>
    public static void Remove(Span<byte> payload, uint mask)
    {
        var wide = MemoryMarshal.Cast<byte, Vector<byte>>(payload);
        var pattern = Vector.AsVectorByte(new Vector<uint>(mask));
        foreach (ref var part in wide)
            part ^= pattern;

        // A vector has a multiple of four bytes, so the mask begins anew after the last one.
        Span<byte> key = stackalloc byte[sizeof(uint)];
        MemoryMarshal.Write(key, mask);
        var rest = payload[(wide.Length * Vector<byte>.Count)..];
        for (var i = 0; i < rest.Length; i++)
            rest[i] ^= key[i & 3];
    }
}
