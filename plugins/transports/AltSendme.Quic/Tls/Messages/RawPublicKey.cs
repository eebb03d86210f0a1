using AltSendme.Primitives.Cryptography;
using AltSendme.Quic.Tls.Wire;

namespace AltSendme.Quic.Tls.Messages;

/// <summary>The SubjectPublicKeyInfo of an Ed25519 key (RFC 8410, section 4). DER leaves one form only, so that a prefix is all there is to parse.</summary>
internal static class RawPublicKey
{
    private static ReadOnlySpan<byte> Prefix => [0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00];

    /// <summary>Reads the key out of its encoding.</summary>
    public static bool TryRead(ReadOnlySpan<byte> encoded, out ReadOnlySpan<byte> publicKey)
    {
        var valid = encoded.Length == Prefix.Length + Ed25519.PublicKeyLength && encoded.StartsWith(Prefix);
        publicKey = valid ? encoded[Prefix.Length..] : default;
        return valid;
    }

    /// <summary>Appends the encoding of a key.</summary>
    public static void Write(HandshakeWriter writer, ReadOnlySpan<byte> publicKey)
    {
        writer.WriteBytes(Prefix);
        writer.WriteBytes(publicKey);
    }
}
