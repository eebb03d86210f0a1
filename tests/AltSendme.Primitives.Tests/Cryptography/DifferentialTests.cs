using AltSendme.Primitives.Cryptography.LibCrypto;
using AltSendme.Primitives.Cryptography.Managed;
using AltSendme.TestKit;

namespace AltSendme.Primitives.Tests.Cryptography;

/// <summary>The managed code gives the bytes and the verdicts of libcrypto. Nothing to compare where there is no libcrypto.</summary>
public sealed class DifferentialTests
{
    private const int Cases = 60;
    private static readonly ManagedEd25519 Managed = new();
    private static readonly LibCryptoEd25519 LibCrypto = new();

    [Fact]
    public void Keys_and_signatures_are_equal()
    {
        Seeds.Run(LibCryptoLibrary.IsUsable ? Cases : 0, random =>
        {
            var (secretKey, message) = (random.Bytes(32), random.Bytes(random.Next(300)));

            Assert.Equal(Made(32, key => LibCrypto.DerivePublicKey(secretKey, key)), Made(32, key => Managed.DerivePublicKey(secretKey, key)));
            Assert.Equal(Made(64, signature => LibCrypto.Sign(secretKey, message, signature)), Made(64, signature => Managed.Sign(secretKey, message, signature)));
        });
    }

    [Fact]
    public void Verdicts_on_damaged_signatures_are_equal()
    {
        Seeds.Run(LibCryptoLibrary.IsUsable ? Cases : 0, random =>
        {
            var (secretKey, message) = (random.Bytes(32), random.Bytes(20));
            var publicKey = Made(32, key => LibCrypto.DerivePublicKey(secretKey, key));
            var signature = Made(64, made => LibCrypto.Sign(secretKey, message, made));
            var target = random.Next(3) switch { 0 => publicKey, 1 => signature, _ => message };
            target[random.Next(target.Length)] ^= (byte)(1 << random.Next(8));

            Assert.False(LibCrypto.VerifyStrictly(publicKey, message, signature));
            Assert.False(Managed.VerifyStrictly(publicKey, message, signature));
        });
    }

    [Fact]
    public void Agreed_secrets_are_equal_even_with_keys_that_nobody_would_make()
    {
        ManagedX25519 managed = new();
        LibCryptoX25519 libCrypto = new();
        Seeds.Run(LibCryptoLibrary.IsUsable ? Cases : 0, random =>
        {
            var (secretKey, peer) = (random.Bytes(32), random.Bytes(32));
            if (random.Next(4) == 0)
                peer.AsSpan(1).Fill(0xFF);

            Assert.Equal(Made(32, key => libCrypto.DerivePublicKey(secretKey, key)), Made(32, key => managed.DerivePublicKey(secretKey, key)));
            Assert.Equal(Made(32, shared => libCrypto.TryAgree(secretKey, peer, shared)), Made(32, shared => managed.TryAgree(secretKey, peer, shared)));
        });
    }

    private delegate void Fill(Span<byte> bytes);

    private static byte[] Made(int length, Fill fill)
    {
        var bytes = new byte[length];
        fill(bytes);
        return bytes;
    }
}
