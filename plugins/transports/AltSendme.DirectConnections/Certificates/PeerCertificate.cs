using System.Security.Cryptography;
using AltSendme.Abstractions;

namespace AltSendme.DirectConnections.Certificates;

/// <summary>Decides which endpoint a certificate proves (libp2p specs, tls/tls.md, "Peer Authentication"). No certificate authority and no name has a part in it.</summary>
internal static class PeerCertificate
{
    /// <summary>How far the clocks of two machines may be apart.</summary>
    public static readonly TimeSpan ClockSkew = TimeSpan.FromDays(1);

    private const string P256 = "1.2.840.10045.3.1.7";
    private const string EcdsaWithSha256 = "1.2.840.10045.4.3.2";

    /// <summary>Checks everything that the bytes show. That the peer holds the certificate's key is TLS's part.</summary>
    /// <param name="certificate">DER of the only certificate that the peer showed.</param>
    /// <param name="now">The time.</param>
    /// <param name="id">The endpoint, when true.</param>
    /// <param name="fault">What is wrong, when false.</param>
    public static bool TryVerify(ReadOnlyMemory<byte> certificate, DateTimeOffset now, out EndpointId id, out CertificateFault fault)
    {
        id = default;
        if (CertificateParts.TryRead(certificate) is not { } parts)
            fault = CertificateFault.Malformed;
        else if (parts is not { KeyAlgorithm: CertificateParts.EcPublicKey, KeyCurve: P256, SignatureAlgorithm: EcdsaWithSha256 })
            fault = CertificateFault.UnsupportedAlgorithm;
        else if (now + ClockSkew < parts.NotBefore || now - ClockSkew > parts.NotAfter)
            fault = CertificateFault.NotValidNow;
        else if (parts.HasUnknownCriticalExtension)
            fault = CertificateFault.UnknownCriticalExtension;
        else if (parts.SignedKey is not { } signedKey)
            fault = CertificateFault.SignedKeyMissing;
        else if (!IsSelfSigned(parts))
            fault = CertificateFault.SelfSignatureWrong;
        else
            return SignedKey.TryVerify(signedKey, parts.SubjectPublicKeyInfo.Span, out id, out fault);
        return false;
    }

    private static bool IsSelfSigned(CertificateParts parts)
    {
        try
        {
            using var key = ECDsa.Create();
            key.ImportSubjectPublicKeyInfo(parts.SubjectPublicKeyInfo.Span, out _);
            return key.VerifyData(parts.Signed.Span, parts.Signature.Span, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
        }
        catch (CryptographicException)
        {
            return false;   // the point is not on the curve
        }
    }
}
