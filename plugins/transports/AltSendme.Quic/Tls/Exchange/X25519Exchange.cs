using System.Security.Cryptography;
using AltSendme.Primitives.Cryptography;

namespace AltSendme.Quic.Tls.Exchange;

/// <summary>X25519 in TLS (RFC 8446, section 7.4.2; RFC 7748, section 5).</summary>
internal sealed class X25519Exchange : KeyExchange
{
    private readonly X25519Key _key;
    private readonly byte[] _publicKey = new byte[X25519.KeyLength];

    public X25519Exchange(RandomSource random)
    {
        Span<byte> secret = stackalloc byte[X25519.KeyLength];
        random.Fill(secret);
        _key = new X25519Key(secret);
        _key.CopyPublicKeyTo(_publicKey);
        CryptographicOperations.ZeroMemory(secret);
    }

    /// <inheritdoc />
    public override NamedGroup Group => NamedGroup.X25519;

    /// <inheritdoc />
    public override ReadOnlySpan<byte> PublicKey => _publicKey;

    /// <inheritdoc />
    public override bool TryAgree(ReadOnlySpan<byte> peerPublicKey, Span<byte> sharedSecret) => _key.TryAgree(peerPublicKey, sharedSecret);

    /// <inheritdoc />
    public override void Dispose() => _key.Dispose();
}
