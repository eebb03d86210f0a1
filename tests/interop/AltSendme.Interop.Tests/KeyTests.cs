using AltSendme.Interop.Tests.Peers;
using AltSendme.Primitives.Cryptography;

namespace AltSendme.Interop.Tests;

public sealed class KeyTests(KeyTests.Peer peer) : IClassFixture<KeyTests.Peer>
{
    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 8)];

    [PeerTheory, MemberData(nameof(Seeds))]
    public async Task The_same_secret_key_is_the_same_endpoint_to_iroh_and_to_us(int seed)
    {
        var secret = NoiseOf(seed, Ed25519.SecretKeyLength);

        var theirs = await peer.AskAsync(new { op = "identify", secret = Hex(secret) });

        var ours = new byte[Ed25519.PublicKeyLength];
        Ed25519.DerivePublicKey(secret, ours);
        Assert.Equal(Hex(ours), theirs.GetProperty("id").GetString());
    }

    [PeerTheory, MemberData(nameof(Seeds))]
    public async Task Iroh_signs_exactly_as_we_do(int seed)
    {
        var secret = NoiseOf(seed, Ed25519.SecretKeyLength);
        var message = NoiseOf(-seed, length: seed * 37);

        var theirs = await peer.AskAsync(new { op = "sign", secret = Hex(secret), message = Hex(message) });

        var ours = new byte[Ed25519.SignatureLength];
        Ed25519.Sign(secret, message, ours);
        Assert.Equal(Hex(ours), theirs.GetProperty("signature").GetString());
    }

    [PeerFact]
    public async Task Iroh_accepts_our_signature_and_refuses_one_of_another_message()
    {
        var secret = NoiseOf(11, Ed25519.SecretKeyLength);
        var (id, signature) = (new byte[Ed25519.PublicKeyLength], new byte[Ed25519.SignatureLength]);
        Ed25519.DerivePublicKey(secret, id);
        Ed25519.Sign(secret, "what was signed"u8, signature);

        var right = await peer.AskAsync(new { op = "verify", id = Hex(id), message = Hex("what was signed"u8), signature = Hex(signature) });
        var wrong = await peer.AskAsync(new { op = "verify", id = Hex(id), message = Hex("something else"u8), signature = Hex(signature) });

        Assert.True(right.GetProperty("ok").GetBoolean(), right.ToString());
        Assert.False(wrong.GetProperty("ok").GetBoolean());
    }

    private static byte[] NoiseOf(int seed, int length)
    {
        var bytes = new byte[length];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }

    public sealed class Peer() : SharedPeer("tests/interop/peers/keys.mjs");

    private static string Hex(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(bytes);
}
