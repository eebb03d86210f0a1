using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using AltSendme.Quic.Tls.Certificates;

namespace AltSendme.Quic.Tls;

/// <summary>
/// An X.509 certificate that a server shows, with its chain and its key (RFC 8446, section 4.4.2). ECDSA on P-256 or P-384, or RSA of at least 2048 bits. May be shared by endpoints; the certificates stay
/// their owner's, who keeps them as long as this is in use.
/// </summary>
public sealed class ServerCertificate
{
    private const int MinRsaBits = 2048;

    private readonly Func<SignatureScheme, byte[], byte[]> _sign;
    private readonly Lock _gate = new();   // guards the key, whose platform object is not made for two threads

    /// <summary>Takes a certificate and those that lead to its authority, in order; the authority's own may be left out.</summary>
    /// <exception cref="ArgumentException">The certificate has no key, or one of a kind that is not supported.</exception>
    public ServerCertificate(X509Certificate2 certificate, IEnumerable<X509Certificate2>? intermediates = null)
    {
        ArgumentNullException.ThrowIfNull(certificate);
        Chain = [certificate.RawDataMemory, .. (intermediates ?? []).Select(static one => one.RawDataMemory)];
        if (certificate.GetECDsaPrivateKey() is { } ecdsa && SchemeOf(ecdsa) is { } scheme)
            (Schemes, _sign) = ([scheme], (_, content) => ecdsa.SignData(content, HashOf(scheme), DSASignatureFormat.Rfc3279DerSequence));
        else if (certificate.GetRSAPrivateKey() is { KeySize: >= MinRsaBits } rsa)
            (Schemes, _sign) = ([SignatureScheme.RsaPssSha256, SignatureScheme.RsaPssSha384, SignatureScheme.RsaPssSha512], (chosen, content) => rsa.SignData(content, HashOf(chosen), RSASignaturePadding.Pss));
        else
            throw new ArgumentException("The certificate needs a private key: ECDSA on P-256 or P-384, or RSA of 2048 bits or more.", nameof(certificate));
    }

    /// <summary>The certificates as they are sent, the server's own first.</summary>
    internal IReadOnlyList<ReadOnlyMemory<byte>> Chain { get; }

    /// <summary>Schemes that the key can sign with, best first.</summary>
    internal IReadOnlyList<SignatureScheme> Schemes { get; }

    /// <summary>Signs with the key.</summary>
    internal byte[] Sign(SignatureScheme scheme, ReadOnlySpan<byte> content)
    {
        var copy = content.ToArray();
        lock (_gate)
            return _sign(scheme, copy);
    }

    private static SignatureScheme? SchemeOf(ECDsa key) =>
        EcdsaKeys.IsOfCurve(key, EcdsaKeys.P256Bits) ? SignatureScheme.EcdsaP256Sha256
        : EcdsaKeys.IsOfCurve(key, EcdsaKeys.P384Bits) ? SignatureScheme.EcdsaP384Sha384 : null;

    private static HashAlgorithmName HashOf(SignatureScheme scheme) => scheme switch
    {
        SignatureScheme.EcdsaP384Sha384 or SignatureScheme.RsaPssSha384 => HashAlgorithmName.SHA384,
        SignatureScheme.RsaPssSha512 => HashAlgorithmName.SHA512,
        _ => HashAlgorithmName.SHA256,
    };
}
