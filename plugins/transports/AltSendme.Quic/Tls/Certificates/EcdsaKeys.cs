using System.Security.Cryptography;

namespace AltSendme.Quic.Tls.Certificates;

/// <summary>The curves of ECDSA keys that TLS 1.3 ties to a scheme each (RFC 8446, section 4.2.3).</summary>
internal static class EcdsaKeys
{
    /// <summary>Bits of secp256r1.</summary>
    public const int P256Bits = 256;

    /// <summary>Bits of secp384r1.</summary>
    public const int P384Bits = 384;

    private const string P256Oid = "1.2.840.10045.3.1.7";
    private const string P384Oid = "1.3.132.0.34";

    /// <summary>Whether a key is on the NIST curve of so many bits, and not on another of that size.</summary>
    public static bool IsOfCurve(ECDsa key, int bits)
    {
        if (key.KeySize != bits)
            return false;
        var curve = key.ExportParameters(includePrivateParameters: false).Curve;
        return curve.IsNamed && curve.Oid.Value is { } oid ? oid == (bits == P256Bits ? P256Oid : P384Oid) : curve.IsNamed && curve.Oid.FriendlyName == $"nistP{bits}";
    }
}
