using System.Buffers.Binary;
using System.Security.Cryptography;

namespace AltSendme.Quic.Tls.Schedule;

/// <summary>HKDF-Expand-Label and Derive-Secret (RFC 8446, section 7.1), over the platform's HKDF (RFC 5869).</summary>
internal static class HkdfLabel
{
    private const int MaxLabelLength = 255;
    private const int MaxContextLength = 255;

    private static ReadOnlySpan<byte> Prefix => "tls13 "u8;

    /// <summary>
    /// Fills <paramref name="output"/> from <paramref name="secret"/>. The label comes without its prefix <c>tls13</c>; the context is a hash or empty.
    /// </summary>
    /// <exception cref="ArgumentException">The label or the context is longer than their one-byte lengths can say.</exception>
    public static void Expand(HashAlgorithmName hash, ReadOnlySpan<byte> secret, ReadOnlySpan<byte> label, ReadOnlySpan<byte> context, Span<byte> output)
    {
        if (Prefix.Length + label.Length > MaxLabelLength)
            throw new ArgumentException($"A label has at most {MaxLabelLength - Prefix.Length} bytes.", nameof(label));
        if (context.Length > MaxContextLength)
            throw new ArgumentException($"A context has at most {MaxContextLength} bytes.", nameof(context));

        Span<byte> info = stackalloc byte[512];
        BinaryPrimitives.WriteUInt16BigEndian(info, checked((ushort)output.Length));
        info[2] = (byte)(Prefix.Length + label.Length);
        var length = 3;
        Prefix.CopyTo(info[length..]);
        length += Prefix.Length;
        label.CopyTo(info[length..]);
        length += label.Length;
        info[length++] = (byte)context.Length;
        context.CopyTo(info[length..]);
        length += context.Length;

        HKDF.Expand(hash, secret, output, info[..length]);
    }
}
