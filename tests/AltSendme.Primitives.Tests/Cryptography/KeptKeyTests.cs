using AltSendme.TestKit;

namespace AltSendme.Primitives.Tests.Cryptography;

/// <summary>Keys that are opened once do what the one-shot calls do, with every implementation.</summary>
public sealed class KeptKeyTests
{
    private const int Cases = 8;

    [Theory]
    [ClassData(typeof(EachImplementation))]
    public void A_kept_signing_key_signs_each_message_as_if_it_were_the_first(string implementation)
    {
        var ed25519 = Implementations.Ed25519(implementation);
        Seeds.Run(Cases, random =>
        {
            var secret = random.Bytes(32);
            using var key = ed25519.Open(secret);
            for (var length = 0; length < 3; length++)
            {
                var message = random.Bytes(length * 100);
                var (once, kept) = (new byte[64], new byte[64]);
                ed25519.Sign(secret, message, once);
                key.Sign(message, kept);
                Assert.Equal(once, kept);
            }
        });
    }

    [Theory]
    [ClassData(typeof(EachImplementation))]
    public void A_kept_agreement_key_has_the_public_key_and_the_secrets_of_its_secret_key(string implementation)
    {
        var x25519 = Implementations.X25519(implementation);
        Seeds.Run(Cases, random =>
        {
            var (secret, peer) = (random.Bytes(32), random.Bytes(32));
            var (once, kept) = (new byte[32], new byte[32]);
            using var key = x25519.Open(secret);

            x25519.DerivePublicKey(secret, once);
            key.CopyPublicKeyTo(kept);
            Assert.Equal(once, kept);

            Assert.True(x25519.TryAgree(secret, peer, once));
            Assert.True(key.TryAgree(peer, kept));
            Assert.Equal(once, kept);
        });
    }

    [Theory]
    [ClassData(typeof(EachImplementation))]
    public void A_disposed_signing_key_signs_no_more(string implementation)
    {
        var key = Implementations.Ed25519(implementation).Open(new byte[32]);
        key.Dispose();
        Assert.Throws<ObjectDisposedException>(() => key.Sign([1, 2, 3], new byte[64]));
    }
}
