using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace AltSendme.Quic.Simulation.PlainCrypto;

/// <summary>A fast checksum of 64 bits.</summary>
internal static class PlainChecksum
{
    private const ulong Prime = 0x9E3779B97F4A7C15;

    /// <summary>Continues a checksum.</summary>
    public static ulong Of(ulong start, ReadOnlySpan<byte> bytes)
    {
        var sum = start ^ ((ulong)bytes.Length * Prime);
        foreach (var word in MemoryMarshal.Cast<byte, ulong>(bytes))
            sum = (sum ^ word) * Prime ^ (sum >> 29);
        foreach (var b in bytes[(bytes.Length & ~7)..])
            sum = (sum ^ b) * Prime ^ (sum >> 29);
        return sum;
    }

    /// <summary>Writes a checksum.</summary>
    public static void Write(Span<byte> destination, ulong sum) => BinaryPrimitives.WriteUInt64LittleEndian(destination, sum);
}
