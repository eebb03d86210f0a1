using System.Buffers;

namespace AltSendme.Core.Identity;

/// <summary>The secret as hexadecimal digits on a line, where the file's mode protects it.</summary>
internal static class PlainIdentity
{
    public static byte[] Encode(ReadOnlySpan<byte> seed)
    {
        var line = GC.AllocateArray<byte>((seed.Length * 2) + 1, pinned: true);
        Convert.TryToHexStringLower(seed, line, out var written);
        line[written] = (byte)'\n';
        return line;
    }

    public static bool TryDecode(ReadOnlySpan<byte> line, Span<byte> seed) =>
        line.Length == seed.Length * 2 && Convert.FromHexString(line, seed, out _, out _) == OperationStatus.Done;
}
