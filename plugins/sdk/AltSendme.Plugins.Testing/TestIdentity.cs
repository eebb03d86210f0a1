using AltSendme.Abstractions;
using AltSendme.Primitives.Cryptography;

namespace AltSendme.Plugins.Testing;

/// <summary>An endpoint whose secret key is made of one byte, so that tests can name their endpoints by number.</summary>
public sealed class TestIdentity : IEndpointIdentity
{
    private readonly byte[] _secret = new byte[Ed25519.SecretKeyLength];

    public TestIdentity(byte number)
    {
        Array.Fill(_secret, number);
        var id = new byte[EndpointId.Length];
        Ed25519.DerivePublicKey(_secret, id);
        Id = new EndpointId(id);
    }

    public EndpointId Id { get; }

    public bool TryAgree(EndpointId peer, Span<byte> secret) => Ed25519Agreement.TryAgree(_secret, peer.ToArray(), secret);

    public void Sign(ReadOnlySpan<byte> message, Span<byte> signature) => Ed25519.Sign(_secret, message, signature);
}
