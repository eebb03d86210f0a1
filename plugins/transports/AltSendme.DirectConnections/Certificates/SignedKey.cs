using System.Formats.Asn1;
using AltSendme.Abstractions;
using AltSendme.Primitives.Cryptography;

namespace AltSendme.DirectConnections.Certificates;

/// <summary>
/// The content of the libp2p public key extension (libp2p specs, tls/tls.md): the endpoint's key, and its signature over the key of the certificate.
/// It ties a certificate, whose key any TLS library can use, to an Ed25519 endpoint id.
/// </summary>
internal static class SignedKey
{
    /// <summary>The extension's object identifier, assigned to the libp2p project.</summary>
    public const string ExtensionOid = "1.3.6.1.4.1.53594.1.1";

    /// <summary>A protobuf PublicKey of type Ed25519 (field 1 = 1) with 32 bytes of data (field 2); the key follows.</summary>
    private static ReadOnlySpan<byte> Ed25519Prefix => [0x08, 0x01, 0x12, 0x20];

    private static ReadOnlySpan<byte> Context => "libp2p-tls-handshake:"u8;

    /// <summary>Encodes the extension's value for a certificate with the key <paramref name="subjectPublicKeyInfo"/>.</summary>
    public static byte[] Create(IEndpointIdentity identity, ReadOnlySpan<byte> subjectPublicKeyInfo)
    {
        Span<byte> signature = stackalloc byte[Ed25519.SignatureLength];
        identity.Sign(Message(subjectPublicKeyInfo), signature);

        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            writer.WriteOctetString([.. Ed25519Prefix, .. identity.Id.ToArray()]);
            writer.WriteOctetString(signature);
        }

        return writer.Encode();
    }

    /// <summary>Reads the extension's value and checks the signature.</summary>
    public static bool TryVerify(ReadOnlyMemory<byte> value, ReadOnlySpan<byte> subjectPublicKeyInfo, out EndpointId id, out CertificateFault fault)
    {
        id = default;
        fault = CertificateFault.SignedKeyMalformed;
        ReadOnlySpan<byte> key;
        ReadOnlySpan<byte> signature;
        try
        {
            var outer = new AsnReader(value, AsnEncodingRules.DER);
            var fields = outer.ReadSequence();
            outer.ThrowIfNotEmpty();
            key = fields.ReadOctetString();
            signature = fields.ReadOctetString();
            fields.ThrowIfNotEmpty();
        }
        catch (AsnContentException)
        {
            return false;
        }

        fault = CertificateFault.NotAnEd25519Key;
        if (key.Length != Ed25519Prefix.Length + Ed25519.PublicKeyLength || !key.StartsWith(Ed25519Prefix))
            return false;
        key = key[Ed25519Prefix.Length..];

        fault = CertificateFault.EndpointSignatureWrong;
        if (signature.Length != Ed25519.SignatureLength || !Ed25519.Verify(key, Message(subjectPublicKeyInfo), signature))
            return false;

        id = new EndpointId(key);
        fault = CertificateFault.None;
        return true;
    }

    private static byte[] Message(ReadOnlySpan<byte> subjectPublicKeyInfo) => [.. Context, .. subjectPublicKeyInfo];
}
