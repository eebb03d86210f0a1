using System.Buffers;
using System.Runtime.Versioning;
using System.Security.Cryptography;
using System.Text;

namespace AltSendme.Core.Identity;

/// <summary>The secret encrypted for this Windows user: <c>dpapi:</c> and hexadecimal digits on a line.</summary>
[SupportedOSPlatform("windows")]
internal static class SealedIdentity
{
    private static ReadOnlySpan<byte> Prefix => "dpapi:"u8;

    public static byte[] Encode(ReadOnlySpan<byte> seed) => Encoding.ASCII.GetBytes($"dpapi:{Convert.ToHexStringLower(DataProtection.Protect(seed))}\n");

    public static bool TryDecode(ReadOnlySpan<byte> line, Span<byte> seed)
    {
        if (!line.StartsWith(Prefix) || line.Length % 2 != 0)
            return false;
        var protectedSeed = new byte[(line.Length - Prefix.Length) / 2];
        if (Convert.FromHexString(line[Prefix.Length..], protectedSeed, out _, out _) != OperationStatus.Done || !DataProtection.TryUnprotect(protectedSeed, out var plain))
            return false;

        var fits = plain.Length == seed.Length;
        if (fits)
            plain.CopyTo(seed);
        CryptographicOperations.ZeroMemory(plain);
        return fits;
    }
}
