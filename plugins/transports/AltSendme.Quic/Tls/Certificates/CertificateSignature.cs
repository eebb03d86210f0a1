using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using AltSendme.Primitives.Cryptography;
using AltSendme.Quic.Tls.Messages;

namespace AltSendme.Quic.Tls.Certificates;

/// <summary>Checks a signature by the key of a certificate (RFC 8446, sections 4.2.3 and 4.4.3). A scheme fits one kind of key only; for ECDSA that is one curve.</summary>
internal static class CertificateSignature
{
    /// <summary>What a client offers, best first. The last three are for signatures inside certificates, as of older authorities.</summary>
    public static IReadOnlyList<SignatureScheme> Offered { get; } =
    [
        SignatureScheme.EcdsaP256Sha256, SignatureScheme.Ed25519, SignatureScheme.EcdsaP384Sha384,
        SignatureScheme.RsaPssSha256, SignatureScheme.RsaPssSha384, SignatureScheme.RsaPssSha512,
        SignatureScheme.RsaPkcs1Sha256, SignatureScheme.RsaPkcs1Sha384, SignatureScheme.RsaPkcs1Sha512,
    ];

    /// <summary>Whether a handshake may be signed so: a scheme that was offered, and not one for certificates only.</summary>
    public static bool MaySignHandshakes(SignatureScheme scheme) =>
        Offered.Contains(scheme) && scheme is not (SignatureScheme.RsaPkcs1Sha256 or SignatureScheme.RsaPkcs1Sha384 or SignatureScheme.RsaPkcs1Sha512);

    /// <summary>Whether the owner of a certificate's key signed the content.</summary>
    public static bool Verify(X509Certificate2 certificate, SignatureScheme scheme, ReadOnlySpan<byte> content, ReadOnlySpan<byte> signature)
    {
        try
        {
            return scheme switch
            {
                SignatureScheme.EcdsaP256Sha256 => VerifyEcdsa(certificate, EcdsaKeys.P256Bits, HashAlgorithmName.SHA256, content, signature),
                SignatureScheme.EcdsaP384Sha384 => VerifyEcdsa(certificate, EcdsaKeys.P384Bits, HashAlgorithmName.SHA384, content, signature),
                SignatureScheme.RsaPssSha256 => VerifyRsa(certificate, HashAlgorithmName.SHA256, content, signature),
                SignatureScheme.RsaPssSha384 => VerifyRsa(certificate, HashAlgorithmName.SHA384, content, signature),
                SignatureScheme.RsaPssSha512 => VerifyRsa(certificate, HashAlgorithmName.SHA512, content, signature),
                SignatureScheme.Ed25519 => VerifyEd25519(certificate, content, signature),
                _ => false,
            };
        }
        catch (CryptographicException)
        {
            // The platform can't make sense of the key or the signature, which came from the peer.
            return false;
        }
    }

    private static bool VerifyEcdsa(X509Certificate2 certificate, int bits, HashAlgorithmName hash, ReadOnlySpan<byte> content, ReadOnlySpan<byte> signature)
    {
        using var key = certificate.GetECDsaPublicKey();
        return key is not null && EcdsaKeys.IsOfCurve(key, bits) && key.VerifyData(content, signature, hash, DSASignatureFormat.Rfc3279DerSequence);
    }

    private static bool VerifyRsa(X509Certificate2 certificate, HashAlgorithmName hash, ReadOnlySpan<byte> content, ReadOnlySpan<byte> signature)
    {
        using var key = certificate.GetRSAPublicKey();
        return key is not null && key.VerifyData(content, signature, hash, RSASignaturePadding.Pss);
    }

    // The platform has no type for these keys; the encoding of one is the same as that of a raw public key.
    private static bool VerifyEd25519(X509Certificate2 certificate, ReadOnlySpan<byte> content, ReadOnlySpan<byte> signature) =>
        RawPublicKey.TryRead(certificate.PublicKey.ExportSubjectPublicKeyInfo(), out var key) && signature.Length == Ed25519.SignatureLength && Ed25519.Verify(key, content, signature);
}
