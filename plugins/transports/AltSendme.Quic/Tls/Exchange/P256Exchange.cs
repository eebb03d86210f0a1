using System.Security.Cryptography;

namespace AltSendme.Quic.Tls.Exchange;

/// <summary>ECDHE over NIST P-256 with uncompressed points (RFC 8446, sections 4.2.8.2 and 7.4.2).</summary>
internal sealed class P256Exchange : KeyExchange
{
    private const int CoordinateLength = 32;
    private const int PublicKeyLength = 1 + (2 * CoordinateLength);
    private const byte UncompressedPoint = 4;

    private readonly ECDiffieHellman _key = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);
    private readonly byte[] _publicKey = new byte[PublicKeyLength];

    public P256Exchange()
    {
        var point = _key.ExportParameters(includePrivateParameters: false).Q;
        _publicKey[0] = UncompressedPoint;
        point.X!.CopyTo(_publicKey, 1);
        point.Y!.CopyTo(_publicKey, 1 + CoordinateLength);
    }

    /// <inheritdoc />
    public override NamedGroup Group => NamedGroup.Secp256r1;

    /// <inheritdoc />
    public override ReadOnlySpan<byte> PublicKey => _publicKey;

    /// <inheritdoc />
    public override bool TryAgree(ReadOnlySpan<byte> peerPublicKey, Span<byte> sharedSecret)
    {
        if (peerPublicKey.Length != PublicKeyLength || peerPublicKey[0] != UncompressedPoint)
            return false;

        var parameters = new ECParameters
        {
            Curve = ECCurve.NamedCurves.nistP256,
            Q = new ECPoint
            {
                X = peerPublicKey.Slice(1, CoordinateLength).ToArray(),
                Y = peerPublicKey[(1 + CoordinateLength)..].ToArray(),
            },
        };
        try
        {
            using var peer = ECDiffieHellman.Create(parameters);
            using var peerKey = peer.PublicKey;
            var secret = _key.DeriveRawSecretAgreement(peerKey);
            secret.CopyTo(sharedSecret);
            CryptographicOperations.ZeroMemory(secret);
            return true;
        }
        catch (CryptographicException)
        {
            // The platform's way to say that the point is not on the curve.
            return false;
        }
    }

    /// <inheritdoc />
    public override void Dispose() => _key.Dispose();
}
