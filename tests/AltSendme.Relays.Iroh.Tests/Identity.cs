using AltSendme.Abstractions;
using AltSendme.Primitives.Cryptography;

namespace AltSendme.Relays.Iroh.Tests;

/// <summary>An endpoint's key pair, made of one number.</summary>
internal sealed class Identity : IEndpointIdentity
{
    private readonly byte[] _secret;

    public Identity(byte number)
    {
        _secret = Enumerable.Repeat(number, Ed25519.SecretKeyLength).ToArray();
        var key = new byte[Ed25519.PublicKeyLength];
        Ed25519.DerivePublicKey(_secret, key);
        Id = new EndpointId(key);
    }

    public EndpointId Id { get; }

    public void Sign(ReadOnlySpan<byte> message, Span<byte> signature) => Ed25519.Sign(_secret, message, signature);

    public bool TryAgree(EndpointId peer, Span<byte> secret) => throw new NotSupportedException("A relay has nobody agree on a secret.");
}
