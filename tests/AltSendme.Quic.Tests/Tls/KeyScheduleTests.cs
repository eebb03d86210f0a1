using AltSendme.Quic.Crypto;
using AltSendme.Quic.Tls;
using AltSendme.Quic.Tls.Schedule;

namespace AltSendme.Quic.Tests.Tls;

/// <summary>RFC 8448, section 3: the secrets of a simple 1-RTT handshake.</summary>
public sealed class KeyScheduleTests
{
    private static readonly byte[] SharedSecret = Hex.Decode("8bd4054fb55b9d63fdfbacf9f04b9f0d35e6d63f537563efd46272900f89492d");
    private static readonly byte[] HashToServerHello = Hex.Decode("860c06edc07858ee8e78f0e7428c58edd6b43f2ca3e6e95f02ed063cf0e1cad8");
    private static readonly byte[] HashToServerFinished = Hex.Decode("9608102a0f1ccc6db6250b7b7e417b1a000eaada3daae4777a7686c9ff83df13");

    [Fact]
    public void Handshake_secrets_are_those_of_the_trace()
    {
        using var schedule = new KeySchedule(CipherSuite.Aes128Gcm);

        schedule.EnterHandshake(SharedSecret, HashToServerHello);

        Assert.Equal("b3eddb126e067f35a780b3abf45e2d8f3b1a950738f52e9600746a0e27a55a21", Hex.Encode(schedule.HandshakeSecret(Side.Client)));
        Assert.Equal("b67b7d690cc16c4e75e54213cb2d37b4e9c912bcded9105d42befd59d391ad38", Hex.Encode(schedule.HandshakeSecret(Side.Server)));
    }

    [Fact]
    public void Application_secrets_are_those_of_the_trace()
    {
        using var schedule = new KeySchedule(CipherSuite.Aes128Gcm);

        schedule.EnterHandshake(SharedSecret, HashToServerHello);
        schedule.EnterApplication(HashToServerFinished);

        Assert.Equal("9e40646ce79a7f9dc05af8889bce6552875afa0b06df0087f792ebb7c17504a5", Hex.Encode(schedule.ApplicationSecret(Side.Client)));
        Assert.Equal("a11af9f05531f856ad47116b45a950328204b4f44bfb6b3a4b4f1f3fcb631643", Hex.Encode(schedule.ApplicationSecret(Side.Server)));
    }

    [Fact]
    public void What_only_the_handshake_needs_is_zeroed_at_its_end()
    {
        var schedule = new KeySchedule(CipherSuite.Aes128Gcm);
        schedule.EnterHandshake(SharedSecret, HashToServerHello);
        schedule.EnterApplication(HashToServerFinished);
        var before = new byte[32];
        schedule.Export("label"u8, default, before);

        schedule.ForgetHandshake();

        foreach (var side in new[] { Side.Client, Side.Server })
        {
            Assert.Equal(new byte[32], schedule.HandshakeSecret(side).ToArray());
            Assert.Equal(new byte[32], schedule.ApplicationSecret(side).ToArray());
        }

        var after = new byte[32];
        schedule.Export("label"u8, default, after);
        Assert.Equal(before, after);
        schedule.Dispose();
        schedule.Export("label"u8, default, after);
        Assert.NotEqual(before, after);
    }
}
