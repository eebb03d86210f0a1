using AltSendme.Quic.Crypto;
using AltSendme.Quic.Tls;
using AltSendme.Quic.Tls.Exchange;
using AltSendme.Quic.Tls.Wire;

namespace AltSendme.Quic.Tests.Tls;

/// <summary>What a client says to answers that are unusual or wrong.</summary>
public sealed class ServerFlightTests
{
    [Theory]
    [InlineData(ExtensionType.SupportedVersions, "0303", TlsAlert.IllegalParameter)]
    [InlineData(ExtensionType.SupportedVersions, "03", TlsAlert.DecodeError)]
    [InlineData(ExtensionType.KeyShare, "001d", TlsAlert.DecodeError)]
    [InlineData(ExtensionType.KeyShare, "0017000104", TlsAlert.IllegalParameter)]
    [InlineData(ExtensionType.KeyShare, "001d000104", TlsAlert.IllegalParameter)]
    [InlineData(ExtensionType.Cookie, "000101", TlsAlert.UnsupportedExtension)]
    [InlineData(ExtensionType.PreSharedKey, "0000", TlsAlert.UnsupportedExtension)]
    [InlineData(ExtensionType.ApplicationProtocols, "00020161", TlsAlert.IllegalParameter)]
    internal void A_server_hello_with_a_wrong_extension_is_refused(ExtensionType type, string body, TlsAlert alert) =>
        AssertAlert(alert, EncryptionLevel.Initial, ServerHello().Set(type, Hex.Decode(body)).ServerHello());

    [Theory]
    [InlineData(ExtensionType.SupportedVersions, TlsAlert.ProtocolVersion)]
    [InlineData(ExtensionType.KeyShare, TlsAlert.MissingExtension)]
    internal void A_server_hello_without_a_mandatory_extension_is_refused(ExtensionType missing, TlsAlert alert) =>
        AssertAlert(alert, EncryptionLevel.Initial, ServerHello().Remove(missing).ServerHello());

    [Fact]
    public void A_server_hello_must_keep_to_the_offer()
    {
        AssertHello(TlsAlert.IllegalParameter, hello => hello.Suites = [0x13, 0x04]);
        AssertHello(TlsAlert.IllegalParameter, hello => hello.Compression = [1]);
        AssertHello(TlsAlert.IllegalParameter, hello => hello.SessionId = [1]);
    }

    [Theory]
    [InlineData("001d", "", TlsAlert.IllegalParameter)]
    [InlineData("0018", "", TlsAlert.IllegalParameter)]
    [InlineData("", "", TlsAlert.IllegalParameter)]
    [InlineData("", "0000", TlsAlert.DecodeError)]
    internal void A_retry_that_asks_for_nothing_new_is_refused(string group, string cookie, TlsAlert alert) =>
        AssertAlert(alert, EncryptionLevel.Initial, Retry(group, cookie));

    [Fact]
    public void A_cookie_comes_back_and_a_second_retry_does_not_pass()
    {
        using var pair = new HandshakePair();
        var first = TakeHello(pair.Client);

        Assert.True(pair.Client.TryReceive(EncryptionLevel.Initial, Retry("0017", "0003c0ffee"), out _));
        var second = TakeHello(pair.Client);

        Assert.True(second.AsSpan().IndexOf((ReadOnlySpan<byte>)[0x00, 0x2c, 0x00, 0x05, 0x00, 0x03, 0xc0, 0xff, 0xee]) > 0);
        Assert.Equal(first[6..38], second[6..38]);
        Assert.False(pair.Client.TryReceive(EncryptionLevel.Initial, Retry("", "000101"), out var error));
        Assert.Equal((byte)TlsAlert.UnexpectedMessage, HandshakePair.Alert(error));
    }

    [Fact]
    public void A_suite_may_not_change_after_a_retry()
    {
        using var pair = new HandshakePair();
        Assert.True(pair.Client.TryReceive(EncryptionLevel.Initial, Retry("0017", ""), out _));
        using var share = KeyExchange.Create(NamedGroup.Secp256r1, RandomSource.Secure);
        var hello = ServerHello().Set(ExtensionType.KeyShare, [0, 0x17, 0, 65, .. share.PublicKey]);
        hello.Suites = [0x13, 0x02];

        Assert.False(pair.Client.TryReceive(EncryptionLevel.Initial, hello.ServerHello(), out var error));

        Assert.Equal((byte)TlsAlert.IllegalParameter, HandshakePair.Alert(error));
    }

    [Theory]
    [InlineData(ExtensionType.QuicTransportParameters, null, TlsAlert.MissingExtension)]
    [InlineData(ExtensionType.ApplicationProtocols, null, TlsAlert.NoApplicationProtocol)]
    [InlineData(ExtensionType.ApplicationProtocols, "0006056f74686572", TlsAlert.IllegalParameter)]
    [InlineData(ExtensionType.ApplicationProtocols, "000906746573742f310161", TlsAlert.IllegalParameter)]
    [InlineData(ExtensionType.ServerCertificateType, null, TlsAlert.UnsupportedCertificate)]
    [InlineData(ExtensionType.ServerCertificateType, "00", TlsAlert.IllegalParameter)]
    [InlineData(ExtensionType.ClientCertificateType, "0202", TlsAlert.DecodeError)]
    [InlineData(ExtensionType.KeyShare, "00", TlsAlert.IllegalParameter)]
    [InlineData(ExtensionType.ServerName, "", TlsAlert.UnsupportedExtension)]
    [InlineData(ExtensionType.EarlyData, "", TlsAlert.UnsupportedExtension)]
    internal void Encrypted_extensions_must_keep_to_the_offer(ExtensionType type, string? body, TlsAlert alert)
    {
        var extensions = new HelloBuilder()
            .Set(ExtensionType.ApplicationProtocols, [0, 7, 6, .. "test/1"u8])
            .Set(ExtensionType.ClientCertificateType, [2])
            .Set(ExtensionType.ServerCertificateType, [2])
            .Set(ExtensionType.QuicTransportParameters, [1]);
        extensions = body is null ? extensions.Remove(type) : extensions.Set(type, Hex.Decode(body));

        using var pair = new HandshakePair();
        Assert.True(pair.Client.TryReceive(EncryptionLevel.Initial, ServerHello().ServerHello(), out var error));
        Assert.False(pair.Client.TryReceive(EncryptionLevel.Handshake, extensions.EncryptedExtensions(), out error));

        Assert.Equal(alert, (TlsAlert)HandshakePair.Alert(error));
    }

    private static HelloBuilder ServerHello() => new HelloBuilder { Suites = [0x13, 0x01] }
        .Set(ExtensionType.SupportedVersions, [3, 4])
        .Set(ExtensionType.KeyShare, [0, 0x1d, 0, 32, .. HelloBuilder.X25519Share()]);

    private static byte[] Retry(string group, string cookie)
    {
        var hello = new HelloBuilder { Suites = [0x13, 0x01], Random = ProtocolConstants.HelloRetryRandom.ToArray() }.Set(ExtensionType.SupportedVersions, [3, 4]);
        if (group.Length > 0)
            hello.Set(ExtensionType.KeyShare, Hex.Decode(group));
        if (cookie.Length > 0)
            hello.Set(ExtensionType.Cookie, Hex.Decode(cookie));
        return hello.ServerHello();
    }

    private static byte[] TakeHello(HandshakeSession client)
    {
        Assert.True(client.TryTakeOutgoing(out _, out var bytes));
        return bytes.ToArray();
    }

    private static void AssertHello(TlsAlert alert, Action<HelloBuilder> change)
    {
        var hello = ServerHello();
        change(hello);
        AssertAlert(alert, EncryptionLevel.Initial, hello.ServerHello());
    }

    private static void AssertAlert(TlsAlert alert, EncryptionLevel level, byte[] message)
    {
        using var pair = new HandshakePair();
        Assert.False(pair.Client.TryReceive(level, message, out var error));
        Assert.True(alert == (TlsAlert)HandshakePair.Alert(error), $"{(TlsAlert)HandshakePair.Alert(error)}: {error.Reason}");
    }
}
