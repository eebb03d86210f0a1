namespace AltSendme.Abstractions;

/// <summary>Who this side is. The secret key stays in the core: a plugin can have things signed, never read the key.</summary>
public interface IEndpointIdentity
{
    /// <summary>The id that peers dial.</summary>
    EndpointId Id { get; }

    /// <summary>Signs <paramref name="message"/> with Ed25519 (RFC 8032). May be called from any thread.</summary>
    /// <param name="message">What to sign. Plugins prefix it with a fixed context of their own, so that a signature is good for one purpose.</param>
    /// <param name="signature">Receives 64 bytes.</param>
    void Sign(ReadOnlySpan<byte> message, Span<byte> signature);

    /// <summary>
    /// Computes the secret that this side shares with <paramref name="peer"/>: X25519 of both keys in Montgomery form (RFC 7748, section 6.1), 32 bytes, not hashed. May be called from any thread. False when
    /// the peer's id, which is foreign, is no key.
    /// </summary>
    bool TryAgree(EndpointId peer, Span<byte> secret);
}
