using System.Security.Cryptography;
using AltSendme.Primitives.Cryptography;

namespace AltSendme.Quic.Tls.Exchange;

/// <summary>X25519 in TLS (RFC 8446, section 7.4.2; RFC 7748, section 5).</summary>
internal sealed class X25519Exchange : KeyExchange
{
    private readonly byte[] _secretKey = new byte[X25519.KeyLength];
    private readonly byte[] _publicKey = new byte[X25519.KeyLength];

    public X25519Exchange(RandomSource random)
    {
        random.Fill(_secretKey);
        X25519.DerivePublicKey(_secretKey, _publicKey);
    }

    /// <inheritdoc />
    public override NamedGroup Group => NamedGroup.X25519;

    /// <inheritdoc />
    public override ReadOnlySpan<byte> PublicKey => _publicKey;

    /// <inheritdoc />
    public override bool TryAgree(ReadOnlySpan<byte> peerPublicKey, Span<byte> sharedSecret) =>
        peerPublicKey.Length == X25519.KeyLength && X25519.TryAgree(_secretKey, peerPublicKey, sharedSecret);

    /// <inheritdoc />
    public override void Dispose() => CryptographicOperations.ZeroMemory(_secretKey);
}
