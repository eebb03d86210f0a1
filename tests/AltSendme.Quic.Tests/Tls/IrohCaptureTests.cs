using AltSendme.Quic.Crypto;
using AltSendme.Quic.Tls;
using AltSendme.Quic.Tls.Exchange;
using AltSendme.Quic.Tls.Messages;
using AltSendme.Quic.Tls.Wire;

namespace AltSendme.Quic.Tests.Tls;

public sealed class IrohCaptureTests
{
    public static TheoryData<byte[]> RealHellos => [IrohCaptures.ClientHello, IrohCaptures.OldClientHello];

    [Theory, MemberData(nameof(RealHellos))]
    public void A_real_client_hello_is_answered_with_a_whole_flight(byte[] hello)
    {
        using var server = new ServerHandshake(HandshakePair.Configure(HandshakePair.ServerIdentity), HandshakePair.ServerParameters);

        Assert.True(server.TryReceive(EncryptionLevel.Initial, hello, out var error), error.Reason);

        Assert.True(server.TryTakeOutgoing(out var first, out _));
        Assert.True(server.TryTakeOutgoing(out var second, out _));
        Assert.Equal((EncryptionLevel.Initial, EncryptionLevel.Handshake), (first, second));
        Assert.Equal("test/1"u8.ToArray(), server.ApplicationProtocol.ToArray());
        Assert.True(server.PeerTransportParameters.IndexOf(Hex.Decode("0504801312d0")) >= 0);
    }

    [Fact]
    public void A_real_client_gets_its_retry_and_passes_with_its_second_hello()
    {
        var configuration = HandshakePair.Configure(HandshakePair.ServerIdentity) with { Groups = [NamedGroup.Secp256r1] };
        using var server = new ServerHandshake(configuration, HandshakePair.ServerParameters);

        Assert.True(server.TryReceive(EncryptionLevel.Initial, IrohCaptures.HelloBeforeRetry, out var error), error.Reason);
        Assert.True(server.TryTakeOutgoing(out var level, out _));
        Assert.False(server.TryTakeOutgoing(out _, out _));
        Assert.Equal(EncryptionLevel.Initial, level);

        Assert.True(server.TryReceive(EncryptionLevel.Initial, IrohCaptures.HelloAfterRetry, out error), error.Reason);
        Assert.True(server.TryTakeKeys(out _, out var keys));
        keys.Sealer.Dispose();
        keys.Opener.Dispose();
    }

    [Fact]
    public void The_flight_of_a_real_server_is_understood()
    {
        ReadOnlySpan<byte> rest = IrohCaptures.ServerFlight;
        var assembler = new MessageAssembler();

        Assert.True(assembler.TryTake(ref rest, out var message, out _));
        Assert.True(EncryptedExtensions.TryRead(message[MessageAssembler.HeaderLength..], CertificateKind.RawPublicKey, out var extensions, out var error), error.Reason);
        Assert.True(extensions.AcceptsRawClientKey && extensions.ApplicationProtocol.Contains("test/1"u8));
        Assert.Equal(140, extensions.TransportParameters.Length);

        Assert.True(assembler.TryTake(ref rest, out message, out _));
        Assert.Equal(default, CertificateRequest.Check(message[MessageAssembler.HeaderLength..]));

        Assert.True(assembler.TryTake(ref rest, out message, out _));
        Assert.True(Certificate.TryRead(message[MessageAssembler.HeaderLength..], Side.Server, out var key, out error), error.Reason);
        Assert.Equal("d54805554bef9283f9c21fe334dae537682d2c6d54b21be9cba3209d1f97a369", Hex.Encode(key));
        Assert.True(rest.IsEmpty);
    }
}
