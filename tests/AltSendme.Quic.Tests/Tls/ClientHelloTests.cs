using AltSendme.Quic.Crypto;
using AltSendme.Quic.Tls;
using AltSendme.Quic.Tls.Wire;

namespace AltSendme.Quic.Tests.Tls;

/// <summary>What a server says to hellos that are unusual or wrong.</summary>
public sealed class ClientHelloTests
{
    [Fact]
    public void The_hello_of_a_real_iroh_client_is_answered_whatever_the_order_of_its_extensions()
    {
        for (var seed = 0; seed < 50; seed++)
            Assert.Equal(default, Answer(HelloBuilder.Iroh().Shuffle(seed).ClientHello()));
    }

    [Fact]
    public void Unknown_extensions_suites_and_groups_are_passed_over()
    {
        var hello = HelloBuilder.Iroh();
        hello.Suites = [0x0a, 0x0a, 0xcc, 0xa8, .. hello.Suites];
        hello.Set(ExtensionType.SupportedGroups, [0, 8, 0x3a, 0x3a, 0x11, 0xec, 0, 0x18, 0, 0x1d]);
        hello.Set(ExtensionType.SupportedVersions, [6, 0x7a, 0x7a, 3, 4, 3, 3]);
        hello.Set(ExtensionType.ServerName, [0, 4, 0, 0, 1, 97]);
        hello.Set((ExtensionType)0x4a4a, [1, 2, 3]);
        hello.Set(ExtensionType.EarlyData, []);
        hello.Set(ExtensionType.PreSharedKey, [9, 9, 9]);

        Assert.Equal(default, Answer(hello.ClientHello()));
    }

    [Theory]
    [InlineData(ExtensionType.SupportedVersions, TlsAlert.ProtocolVersion)]
    [InlineData(ExtensionType.QuicTransportParameters, TlsAlert.MissingExtension)]
    [InlineData(ExtensionType.SignatureAlgorithms, TlsAlert.MissingExtension)]
    [InlineData(ExtensionType.SupportedGroups, TlsAlert.MissingExtension)]
    [InlineData(ExtensionType.KeyShare, TlsAlert.MissingExtension)]
    [InlineData(ExtensionType.ApplicationProtocols, TlsAlert.NoApplicationProtocol)]
    [InlineData(ExtensionType.ClientCertificateType, TlsAlert.UnsupportedCertificate)]
    [InlineData(ExtensionType.ServerCertificateType, TlsAlert.UnsupportedCertificate)]
    internal void A_missing_extension_is_named_by_its_alert(ExtensionType missing, TlsAlert alert) =>
        AssertAlert(alert, HelloBuilder.Iroh().Remove(missing).ClientHello());

    [Theory]
    [InlineData(ExtensionType.SupportedVersions, "020303", TlsAlert.ProtocolVersion)]
    [InlineData(ExtensionType.SupportedVersions, "03030403", TlsAlert.DecodeError)]
    [InlineData(ExtensionType.SupportedVersions, "", TlsAlert.DecodeError)]
    [InlineData(ExtensionType.SignatureAlgorithms, "00020403", TlsAlert.HandshakeFailure)]
    [InlineData(ExtensionType.SignatureAlgorithms, "0003080708", TlsAlert.DecodeError)]
    [InlineData(ExtensionType.SignatureAlgorithms, "0000", TlsAlert.DecodeError)]
    [InlineData(ExtensionType.SupportedGroups, "00020018", TlsAlert.IllegalParameter)]
    [InlineData(ExtensionType.SupportedGroups, "0004001d", TlsAlert.DecodeError)]
    [InlineData(ExtensionType.ApplicationProtocols, "0000", TlsAlert.DecodeError)]
    [InlineData(ExtensionType.ApplicationProtocols, "000100", TlsAlert.DecodeError)]
    [InlineData(ExtensionType.ApplicationProtocols, "00020161ff", TlsAlert.DecodeError)]
    [InlineData(ExtensionType.ClientCertificateType, "0100", TlsAlert.UnsupportedCertificate)]
    [InlineData(ExtensionType.ServerCertificateType, "0202", TlsAlert.DecodeError)]
    [InlineData(ExtensionType.KeyShare, "", TlsAlert.DecodeError)]
    [InlineData(ExtensionType.KeyShare, "0004001d0000", TlsAlert.DecodeError)]
    [InlineData(ExtensionType.KeyShare, "0005001d000107", TlsAlert.IllegalParameter)]
    [InlineData(ExtensionType.KeyShare, "0005001e000107", TlsAlert.IllegalParameter)]
    [InlineData(ExtensionType.KeyShare, "000a001d000107001d000108", TlsAlert.IllegalParameter)]
    [InlineData(ExtensionType.KeyShare, "00050017000104", TlsAlert.IllegalParameter)]
    internal void A_malformed_or_illegal_extension_is_named_by_its_alert(ExtensionType type, string body, TlsAlert alert) =>
        AssertAlert(alert, HelloBuilder.Iroh().Set(type, Hex.Decode(body)).ClientHello());

    [Fact]
    public void A_key_share_that_is_no_point_is_illegal()
    {
        AssertAlert(TlsAlert.IllegalParameter, HelloBuilder.Iroh().Set(ExtensionType.KeyShare, [0, 36, 0, 0x1d, 0, 32, .. new byte[32]]).ClientHello());
        AssertAlert(TlsAlert.IllegalParameter, HelloBuilder.Iroh().Set(ExtensionType.KeyShare, [0, 69, 0, 0x17, 0, 65, 4, .. new byte[63], 1]).ClientHello());
    }

    [Fact]
    public void An_extension_that_comes_twice_is_illegal() =>
        AssertAlert(TlsAlert.IllegalParameter, HelloBuilder.Iroh().Add((ExtensionType)5, []).ClientHello());

    [Fact]
    public void A_pre_shared_key_that_is_not_last_is_illegal() =>
        AssertAlert(TlsAlert.IllegalParameter, HelloBuilder.Iroh().Add(ExtensionType.PreSharedKey, [1]).Add((ExtensionType)77, []).ClientHello());

    [Fact]
    public void More_extensions_than_anybody_has_are_refused()
    {
        var hello = HelloBuilder.Iroh();
        for (var type = 1000; type < 1100; type++)
            hello.Add((ExtensionType)type, []);

        AssertAlert(TlsAlert.DecodeError, hello.ClientHello());
    }

    [Fact]
    public void Fixed_fields_must_be_what_tls_13_and_quic_say()
    {
        AssertAlert(TlsAlert.IllegalParameter, new HelloBuilderOf { Compression = [0, 1] }.Hello);
        AssertAlert(TlsAlert.DecodeError, new HelloBuilderOf { Compression = [] }.Hello);
        AssertAlert(TlsAlert.DecodeError, new HelloBuilderOf { Suites = [] }.Hello);
        AssertAlert(TlsAlert.DecodeError, new HelloBuilderOf { Suites = [0x13] }.Hello);
        AssertAlert(TlsAlert.HandshakeFailure, new HelloBuilderOf { Suites = [0x13, 0x04] }.Hello);
        AssertAlert(TlsAlert.DecodeError, new HelloBuilderOf { SessionId = new byte[33] }.Hello);
        Assert.Equal(TransportErrorCode.ProtocolViolation, Answer(new HelloBuilderOf { SessionId = new byte[32] }.Hello).Code);
    }

    [Fact]
    public void A_hello_cut_short_or_followed_by_bytes_inside_the_message_is_a_decode_error()
    {
        var hello = HelloBuilder.Iroh().ClientHello();
        for (var length = 0; length < hello.Length - MessageAssembler.HeaderLength; length++)
        {
            var alert = HandshakePair.Alert(Answer(WithLength(hello, length)));
            Assert.True(alert is (byte)TlsAlert.DecodeError or (byte)TlsAlert.ProtocolVersion, $"length {length}: alert {alert}");
        }

        AssertAlert(TlsAlert.DecodeError, WithLength([.. hello, 0], hello.Length - MessageAssembler.HeaderLength + 1));
    }

    [Fact]
    public void A_second_hello_must_be_the_first_with_the_share_that_was_asked_for()
    {
        var other = HelloBuilder.Iroh();
        other.Random = [.. Enumerable.Repeat((byte)1, 32)];
        byte[] good = [0, 36, 0, 0x1d, 0, 32, .. HelloBuilder.X25519Share()];

        Assert.Equal(default, AnswerSecond(HelloBuilder.Iroh().Set(ExtensionType.KeyShare, good).ClientHello()));
        Assert.Equal((byte)TlsAlert.IllegalParameter, HandshakePair.Alert(AnswerSecond(other.Set(ExtensionType.KeyShare, good).ClientHello())));
        Assert.Equal((byte)TlsAlert.IllegalParameter, HandshakePair.Alert(AnswerSecond(HelloBuilder.Iroh().Set(ExtensionType.KeyShare, good).Set(ExtensionType.EarlyData, []).ClientHello())));
        Assert.Equal((byte)TlsAlert.IllegalParameter, HandshakePair.Alert(AnswerSecond(HelloBuilder.Iroh().Set(ExtensionType.KeyShare, [0, 0]).ClientHello())));
    }

    private static TransportError AnswerSecond(byte[] second)
    {
        using var server = new ServerHandshake(HandshakePair.Configure(HandshakePair.ServerIdentity), HandshakePair.ServerParameters);
        Assert.True(server.TryReceive(EncryptionLevel.Initial, HelloBuilder.Iroh().Set(ExtensionType.KeyShare, [0, 0]).ClientHello(), out _));
        Assert.True(server.TryTakeOutgoing(out _, out var retry));
        Assert.True(ProtocolConstants.HelloRetryRandom.SequenceEqual(retry.Span.Slice(6, 32)));

        server.TryReceive(EncryptionLevel.Initial, second, out var error);
        return error;
    }

    private static byte[] WithLength(byte[] message, int length)
    {
        var cut = message[..(MessageAssembler.HeaderLength + length)];
        (cut[1], cut[2], cut[3]) = (0, (byte)(length >> 8), (byte)length);
        return cut;
    }

    private static void AssertAlert(TlsAlert alert, byte[] hello)
    {
        var error = Answer(hello);
        Assert.True(alert == (TlsAlert)HandshakePair.Alert(error), $"{(TlsAlert)HandshakePair.Alert(error)}: {error.Reason}");
    }

    private static TransportError Answer(byte[] hello)
    {
        using var server = new ServerHandshake(HandshakePair.Configure(HandshakePair.ServerIdentity), HandshakePair.ServerParameters);
        server.TryReceive(EncryptionLevel.Initial, hello, out var error);
        return error;
    }

    /// <summary>A hello with one fixed field changed.</summary>
    private sealed class HelloBuilderOf
    {
        private readonly HelloBuilder _hello = HelloBuilder.Iroh();

        public byte[] Compression { init => _hello.Compression = value; }

        public byte[] Suites { init => _hello.Suites = value; }

        public byte[] SessionId { init => _hello.SessionId = value; }

        public byte[] Hello => _hello.ClientHello();
    }
}
