using AltSendme.Abstractions;
using AltSendme.Primitives.Cryptography;

namespace AltSendme.Discovery.Pkarr.Tests;

/// <summary>The endpoint of a secret key that a test knows.</summary>
internal sealed class SeededIdentity : IEndpointIdentity
{
    private readonly byte[] _secret;

    public SeededIdentity(byte[] secret)
    {
        _secret = secret;
        Span<byte> key = stackalloc byte[Ed25519.PublicKeyLength];
        Ed25519.DerivePublicKey(secret, key);
        Id = new EndpointId(key);
    }

    public SeededIdentity(byte number)
        : this([.. Enumerable.Repeat(number, Ed25519.SecretKeyLength)])
    {
    }

    public EndpointId Id { get; }

    public void Sign(ReadOnlySpan<byte> message, Span<byte> signature) => Ed25519.Sign(_secret, message, signature);

    public bool TryAgree(EndpointId peer, Span<byte> secret) => throw new NotSupportedException();
}
