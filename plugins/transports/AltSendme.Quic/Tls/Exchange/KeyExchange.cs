namespace AltSendme.Quic.Tls.Exchange;

/// <summary>One ephemeral key of a group (RFC 8446, section 4.2.8). Used once; disposing zeroes the secret.</summary>
internal abstract class KeyExchange : IDisposable
{
    /// <summary>Bytes of the shared secret of either group.</summary>
    public const int SharedSecretLength = 32;

    /// <summary>The group.</summary>
    public abstract NamedGroup Group { get; }

    /// <summary>This end's share as it goes on the wire.</summary>
    public abstract ReadOnlySpan<byte> PublicKey { get; }

    /// <summary>A fresh key of <paramref name="group"/>.</summary>
    public static KeyExchange Create(NamedGroup group, RandomSource random) => group switch
    {
        NamedGroup.X25519 => new X25519Exchange(random),
        NamedGroup.Secp256r1 => new P256Exchange(),
        _ => throw new ArgumentOutOfRangeException(nameof(group), group, "Only X25519 and P-256 are implemented."),
    };

    /// <summary>Computes the shared secret; false where the peer's share is no valid key of the group.</summary>
    public abstract bool TryAgree(ReadOnlySpan<byte> peerPublicKey, Span<byte> sharedSecret);

    /// <inheritdoc />
    public abstract void Dispose();
}
