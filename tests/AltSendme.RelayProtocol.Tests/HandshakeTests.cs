using System.Text;
using AltSendme.Blobs.Blake3;
using AltSendme.Primitives.Cryptography;
using AltSendme.TestKit;

namespace AltSendme.RelayProtocol.Tests;

public sealed class HandshakeTests
{
    private static readonly byte[] Secret = Enumerable.Repeat((byte)42, Ed25519.SecretKeyLength).ToArray();

    [Fact]
    public void A_challenge_has_seventeen_bytes_and_the_answer_ninety_eight_as_between_real_peers()
    {
        var challenge = new byte[Challenge.Length];
        var frame = new byte[128];

        Assert.Equal(17, Challenge.Write(frame, challenge));
        Assert.Equal(0, frame[0]);
        Assert.Equal(98, ClientAuth.Write(frame, new byte[32], new byte[64]));
        Assert.Equal(1, frame[0]);
        Assert.Equal(0x40, frame[33]);
        Assert.Equal(1, AuthAnswer.WriteConfirmation(frame));
        Assert.Equal(2, frame[0]);
    }

    [Fact]
    public void A_client_that_signs_the_challenge_is_believed()
    {
        var (key, challenge) = (PublicKey(), "0123456789abcdef"u8.ToArray());

        Assert.True(ClientAuth.TryRead(Answer(key, challenge), out var auth, out _));

        Assert.Equal(key, auth.Endpoint.ToArray());
        Assert.True(auth.Proves(challenge));
    }

    [Fact]
    public void An_answer_to_another_challenge_proves_nothing()
    {
        var (key, challenge) = (PublicKey(), "0123456789abcdef"u8.ToArray());

        Assert.True(ClientAuth.TryRead(Answer(key, challenge), out var auth, out _));

        Assert.False(auth.Proves("0123456789abcdeX"u8));
    }

    [Fact]
    public void Somebody_elses_id_under_a_signature_proves_nothing()
    {
        var challenge = "0123456789abcdef"u8.ToArray();
        var other = new byte[32];
        Ed25519.DerivePublicKey(Enumerable.Repeat((byte)7, 32).ToArray(), other);

        Assert.True(ClientAuth.TryRead(Answer(other, challenge), out var auth, out _));

        Assert.False(auth.Proves(challenge));
    }

    [Fact]
    public void What_is_signed_is_a_derived_key_and_never_the_challenge_itself()
    {
        var message = new byte[Challenge.MessageLength];
        Challenge.Message(new byte[Challenge.Length], message);

        Assert.Equal(ReferenceDerivation("iroh-relay handshake v1 challenge signature", new byte[16]), message);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(32)]
    [InlineData(63)]
    [InlineData(64)]
    public void Deriving_keys_from_one_block_agrees_with_the_full_blake3(int length)
    {
        var material = Enumerable.Range(0, length).Select(static i => (byte)i).ToArray();
        var key = new byte[32];

        ShortBlake3.DeriveKey("BLAKE3 2019-12-27 16:29:52 test vectors context"u8, material, key);

        Assert.Equal(ReferenceDerivation("BLAKE3 2019-12-27 16:29:52 test vectors context", material), key);
    }

    [Theory]
    [InlineData("")]
    [InlineData("not authorized")]
    public void A_refusal_says_why(string reason)
    {
        var frame = new byte[256];
        var length = AuthAnswer.WriteDenial(frame, Encoding.UTF8.GetBytes(reason));

        Assert.True(AuthAnswer.TryRead(frame.AsSpan(0, length), out var answer, out _));
        Assert.Equal(FrameType.ServerDeniesAuth, answer.Type);
        Assert.Equal(reason, answer.ReasonText());
    }

    [Fact]
    public void A_long_refusal_has_a_length_of_two_bytes()
    {
        var frame = new byte[2048];
        var length = AuthAnswer.WriteDenial(frame, Encoding.UTF8.GetBytes(new string('x', 300)));

        Assert.True(AuthAnswer.TryRead(frame.AsSpan(0, length), out var answer, out _));
        Assert.Equal(300, answer.Reason.Length);
    }

    [Theory]
    [InlineData("", FrameFault.BadLength)]
    [InlineData("04", FrameFault.NotAllowed)]
    [InlineData("0A0000000000000000", FrameFault.NotAllowed)]
    [InlineData("0100", FrameFault.BadLength)]
    [InlineData("3F", FrameFault.UnknownType)]
    [InlineData("C000000100000000", FrameFault.UnknownType)]
    [InlineData("C0", FrameFault.BadLength)]
    public void Anything_but_an_answer_before_authentication_is_refused_with_its_reason(string hex, FrameFault expected)
    {
        Assert.False(ClientAuth.TryRead(Convert.FromHexString(hex), out _, out var fault));
        Assert.Equal(expected, fault);
    }

    [Theory]
    [InlineData("03FF7F", FrameFault.BadLength)]
    [InlineData("0302FFFE", FrameFault.NotText)]
    [InlineData("0200", FrameFault.BadLength)]
    [InlineData("0000", FrameFault.BadLength)]
    [InlineData("0D00", FrameFault.NotAllowed)]
    public void A_relay_that_talks_nonsense_before_yes_or_no_is_refused_with_its_reason(string hex, FrameFault expected)
    {
        Assert.False(AuthAnswer.TryRead(Convert.FromHexString(hex), out _, out var fault));
        Assert.Equal(expected, fault);
    }

    [Fact]
    public void Random_bytes_never_authenticate_and_never_throw() => Seeds.Run(2000, static random =>
    {
        var bytes = random.Bytes(random.Next(200));
        if (bytes.Length > 0)
            bytes[0] = (byte)random.Next(4);

        Assert.False(ClientAuth.TryRead(bytes, out var auth, out _) && auth.Proves(new byte[16]));
        _ = AuthAnswer.TryRead(bytes, out _, out _);
    });

    private static byte[] ReferenceDerivation(string context, byte[] material)
    {
        var key = new byte[32];
        Blake3Hasher.DeriveKey(context, material, key);
        return key;
    }

    private static byte[] PublicKey()
    {
        var key = new byte[Ed25519.PublicKeyLength];
        Ed25519.DerivePublicKey(Secret, key);
        return key;
    }

    private static byte[] Answer(byte[] endpoint, byte[] challenge)
    {
        var message = new byte[Challenge.MessageLength];
        var signature = new byte[Ed25519.SignatureLength];
        Challenge.Message(challenge, message);
        Ed25519.Sign(Secret, message, signature);
        var frame = new byte[ClientAuth.FrameLength];
        ClientAuth.Write(frame, endpoint, signature);
        return frame;
    }
}
