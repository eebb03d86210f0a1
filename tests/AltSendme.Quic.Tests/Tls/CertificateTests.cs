using System.Security.Cryptography.X509Certificates;
using AltSendme.Quic.Crypto;
using AltSendme.Quic.Tls;
using AltSendme.Quic.Tls.Certificates;
using AltSendme.Quic.Tls.Exchange;

namespace AltSendme.Quic.Tests.Tls;

/// <summary>Servers that are known by an X.509 certificate (RFC 8446, sections 4.2.3 and 4.4).</summary>
public sealed class CertificateTests
{
    [Theory]
    [InlineData("P-256", false)]
    [InlineData("P-384", false)]
    [InlineData("RSA", false)]
    [InlineData("RSA", true)]
    public void A_server_proves_its_name_and_the_client_shows_nothing(string key, bool afterRetry)
    {
        using var certificate = Authority.Test.Issue(key);
        var server = Authority.Server(certificate) with { Groups = [afterRetry ? NamedGroup.Secp256r1 : NamedGroup.X25519] };
        using var pair = new HandshakePair(Authority.Client(Authority.Name), server).Run();

        Assert.Equal((default, default), (pair.ClientError, pair.ServerError));
        Assert.True(pair.Client.IsComplete && pair.Server.IsComplete);
        Assert.True(pair.Client.PeerPublicKey.IsEmpty && pair.Server.PeerPublicKey.IsEmpty);
        Assert.Equal(HandshakePair.ServerParameters, pair.Client.PeerTransportParameters.ToArray());
        Assert.Equal(HandshakePair.ClientParameters, pair.Server.PeerTransportParameters.ToArray());
        Assert.NotNull(pair.Keys(Side.Client, EncryptionLevel.Application).Sealer);
    }

    [Fact]
    public void An_address_may_stand_in_for_a_name()
    {
        using var certificate = Authority.Test.Issue(host: "192.0.2.7");

        using var right = new HandshakePair(Authority.Client(Authority.Test.NameOf("192.0.2.7")), Authority.Server(certificate)).Run();
        using var wrong = new HandshakePair(Authority.Client(Authority.Test.NameOf("192.0.2.8")), Authority.Server(certificate)).Run();

        Assert.True(right.Client.IsComplete);
        Assert.Equal((byte)TlsAlert.BadCertificate, HandshakePair.Alert(wrong.ClientError));
    }

    [Fact]
    public void A_certificate_for_another_name_purpose_or_time_or_of_nobody_who_is_trusted_is_refused()
    {
        var cases = new (string What, X509Certificate2 Certificate, ServerName Name, TlsAlert Alert)[]
        {
            ("another name", Authority.Test.Issue(host: "other.example.org"), Authority.Name, TlsAlert.BadCertificate),
            ("for clients", Authority.Test.Issue(purpose: Authority.ClientPurpose), Authority.Name, TlsAlert.UnknownAuthority),
            ("expired", Authority.Test.Issue(isExpired: true), Authority.Name, TlsAlert.UnknownAuthority),
            ("its own authority", Authority.SelfSigned(), Authority.Name, TlsAlert.UnknownAuthority),
            ("the same name, another authority", new Authority().Issue(), Authority.Name, TlsAlert.UnknownAuthority),
            ("an authority of ours that nobody trusts", Authority.Test.Issue(), new ServerName(Authority.Host), TlsAlert.UnknownAuthority),
        };
        foreach (var (what, certificate, name, alert) in cases)
        {
            using var pair = new HandshakePair(Authority.Client(name), Authority.Server(certificate)).Run();

            Assert.True(pair.ClientError.IsError, what);
            Assert.Equal((what, (byte)alert), (what, HandshakePair.Alert(pair.ClientError)));
            Assert.False(pair.Client.IsComplete);
        }
    }

    [Fact]
    public void A_server_that_shows_a_certificate_without_its_key_is_refused()
    {
        // Signatures of ECDSA differ in length; the stolen certificate must fit in the place of the thief's own.
        var stolen = Authority.Test.Issue().RawData;
        var thief = Enumerable.Range(0, 100).Select(static _ => Authority.Test.Issue()).First(one => one.RawData.Length == stolen.Length);
        using var pair = new HandshakePair(Authority.Client(Authority.Name), Authority.Server(thief));

        pair.Run((_, _, bytes) => Replace(bytes, thief.RawData, stolen));

        Assert.Equal((byte)TlsAlert.DecryptError, HandshakePair.Alert(pair.ClientError));
        Assert.False(pair.Client.IsComplete);
    }

    [Fact]
    public void A_signature_counts_only_for_its_content_its_key_and_its_scheme()
    {
        var content = "signed"u8.ToArray();
        foreach (var key in new[] { "P-256", "P-384", "RSA" })
        {
            using var certificate = Authority.Test.Issue(key);
            using var other = Authority.Test.Issue(key);
            var signer = new ServerCertificate(certificate);
            foreach (var scheme in signer.Schemes)
            {
                var signature = signer.Sign(scheme, content);

                Assert.True(CertificateSignature.Verify(certificate, scheme, content, signature));
                Assert.False(CertificateSignature.Verify(certificate, scheme, "signet"u8, signature));
                Assert.False(CertificateSignature.Verify(other, scheme, content, signature));
                Assert.False(CertificateSignature.Verify(certificate, scheme, content, signature.AsSpan(1)));
                Assert.False(CertificateSignature.Verify(certificate, scheme, content, []));
                Assert.All(Enum.GetValues<SignatureScheme>().Where(one => one != scheme), one => Assert.False(CertificateSignature.Verify(certificate, one, content, signature)));
            }
        }
    }

    [Fact]
    public void A_signature_by_ed25519_that_openssl_made_is_taken()
    {
        // openssl req -x509 -newkey ed25519 -subj /CN=somebody; openssl pkeyutl -sign -rawin, over "signed".
        using var certificate = X509Certificate2.CreateFromPem(OpenSslSignatures.Ed25519Certificate);

        Assert.True(CertificateSignature.Verify(certificate, SignatureScheme.Ed25519, "signed"u8, Convert.FromBase64String(OpenSslSignatures.Ed25519)));
        Assert.False(CertificateSignature.Verify(certificate, SignatureScheme.Ed25519, "signet"u8, Convert.FromBase64String(OpenSslSignatures.Ed25519)));
    }

    [Fact]
    public void A_signature_by_RSA_that_openssl_made_is_taken_as_PSS_and_not_otherwise()
    {
        // openssl req -x509 -newkey rsa:2048; openssl dgst -sha384 -sigopt rsa_padding_mode:pss -sigopt rsa_pss_saltlen:-1, over "signed".
        using var certificate = X509Certificate2.CreateFromPem(OpenSslSignatures.RsaCertificate);

        Assert.True(CertificateSignature.Verify(certificate, SignatureScheme.RsaPssSha384, "signed"u8, Convert.FromBase64String(OpenSslSignatures.RsaPssSha384)));
        Assert.False(CertificateSignature.Verify(certificate, SignatureScheme.RsaPssSha256, "signed"u8, Convert.FromBase64String(OpenSslSignatures.RsaPssSha384)));
        Assert.False(CertificateSignature.MaySignHandshakes(SignatureScheme.RsaPkcs1Sha256));
    }

    [Theory]
    [InlineData("P-521")]
    [InlineData("RSA-1024")]
    public void A_key_that_clients_would_not_take_is_refused_before_the_first_of_them(string key)
    {
        using var certificate = Authority.Test.Issue(key);
        using var withoutKey = X509CertificateLoader.LoadCertificate(certificate.RawData);

        Assert.Throws<ArgumentException>(() => new ServerCertificate(certificate));
        Assert.Throws<ArgumentException>(() => new ServerCertificate(withoutKey));
    }

    [Fact]
    public void Raw_keys_and_certificates_never_meet()
    {
        using var certificate = Authority.Test.Issue();
        var (keyed, certified) = (HandshakePair.Configure(HandshakePair.ServerIdentity), Authority.Server(certificate));

        using var rawClient = new HandshakePair(HandshakePair.Configure(HandshakePair.ClientIdentity) with { ExpectedPeer = keyed.PublicKey }, certified).Run();
        using var namedClient = new HandshakePair(Authority.Client(Authority.Name), keyed).Run();

        Assert.Equal((byte)TlsAlert.UnsupportedCertificate, HandshakePair.Alert(rawClient.ServerError));
        Assert.Equal((byte)TlsAlert.UnsupportedCertificate, HandshakePair.Alert(namedClient.ServerError));
        Assert.False(rawClient.Client.IsComplete || namedClient.Client.IsComplete || rawClient.Server.IsComplete || namedClient.Server.IsComplete);
    }

    [Fact]
    public void A_new_certificate_counts_from_the_next_handshake_on()
    {
        using var first = Authority.Test.Issue(host: "first.example.org");
        using var second = Authority.Test.Issue();
        var current = new ServerCertificate(first);
        var server = new TlsConfiguration { Certificate = () => current, ApplicationProtocols = [HandshakePair.Alpn("test/1")] };
        using var before = new HandshakePair(Authority.Client(Authority.Name), server).Run();

        current = new ServerCertificate(second);
        using var after = new HandshakePair(Authority.Client(Authority.Name), server).Run();

        Assert.False(before.Client.IsComplete);
        Assert.True(after.Client.IsComplete);
    }

    [Fact]
    public void A_client_that_takes_no_signature_of_the_servers_key_is_told_so()
    {
        using var certificate = Authority.Test.Issue("P-384");
        using var pair = new HandshakePair(Authority.Client(Authority.Name), Authority.Server(certificate));
        pair.Run((sender, _, bytes) => sender == Side.Client ? Replace(bytes, [0x05, 0x03, 0x08, 0x04], [0x05, 0x04, 0x08, 0x04]) : bytes);

        Assert.Equal((byte)TlsAlert.HandshakeFailure, HandshakePair.Alert(pair.ServerError));
    }

    [Fact]
    public void A_configuration_that_mixes_both_or_names_no_host_is_refused()
    {
        var fault = Assert.Throws<ArgumentException>(() => new TlsProvider(Authority.Client(new ServerName("two words")) with { ExpectedPeer = new byte[32] }));

        Assert.Contains("two words", fault.Message, StringComparison.Ordinal);
        Assert.Contains("ExpectedPeer", fault.Message, StringComparison.Ordinal);
    }

    private static byte[] Replace(byte[] bytes, ReadOnlySpan<byte> from, ReadOnlySpan<byte> to)
    {
        var at = bytes.AsSpan().IndexOf(from);
        if (at >= 0)
            to.CopyTo(bytes.AsSpan(at));
        return bytes;
    }
}
