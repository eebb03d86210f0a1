using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using AltSendme.DirectConnections.Certificates;
using AltSendme.Plugins.Testing;

namespace AltSendme.DirectConnections.Tests.Certificates;

public sealed class PeerCertificateTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void The_specifications_certificate_proves_its_peer()
    {
        Assert.True(PeerCertificate.TryVerify(Convert.FromHexString(CertificateVectors.Ed25519), Now, out var id, out _));
        Assert.Equal(CertificateVectors.Ed25519Id, id.ToString());
    }

    [Theory]
    [InlineData(CertificateVectors.Ecdsa)]
    [InlineData(CertificateVectors.Secp256k1)]
    [InlineData(CertificateVectors.Mismatch)]
    public void An_endpoint_key_that_is_not_ed25519_is_no_endpoint_id(string hex)
    {
        Assert.False(PeerCertificate.TryVerify(Convert.FromHexString(hex), Now, out _, out var fault));
        Assert.Equal(CertificateFault.NotAnEd25519Key, fault);
    }

    [Fact]
    public void A_certificate_made_here_proves_the_endpoint()
    {
        using var certificate = OwnCertificate.Create(TransportPair.Server).TargetCertificate;

        Assert.True(PeerCertificate.TryVerify(certificate.RawDataMemory, Now, out var id, out _));
        Assert.Equal(TransportPair.Server.Id, id);
        Assert.InRange(certificate.RawDataMemory.Length, 300, 600);
    }

    [Fact]
    public void Every_bit_of_a_certificate_counts()
    {
        using var certificate = OwnCertificate.Create(TransportPair.Server).TargetCertificate;
        for (var i = 0; i < certificate.RawData.Length; i++)
        {
            var changed = certificate.RawData;
            changed[i] ^= 0x10;

            Assert.False(PeerCertificate.TryVerify(changed, Now, out _, out _), $"byte {i}");
        }
    }

    [Fact]
    public void The_signature_of_another_certificate_proves_nothing()
    {
        using var certificate = OwnCertificate.Create(TransportPair.Server).TargetCertificate;
        var stolen = certificate.Extensions[SignedKey.ExtensionOid]!;

        Assert.Equal(CertificateFault.EndpointSignatureWrong, FaultOf(Make(request => request.CertificateExtensions.Add(stolen))));
    }

    [Fact]
    public void A_certificate_without_endpoint_key_is_refused() => Assert.Equal(CertificateFault.SignedKeyMissing, FaultOf(Make(_ => { })));

    [Theory]
    [InlineData("")]
    [InlineData("3000")]
    [InlineData("0400")]
    [InlineData("30800000")]
    [InlineData("300904000400040004000400")]
    [InlineData("3084FFFFFFFF")]
    public void An_extension_that_is_no_signed_key_is_refused(string hex) =>
        Assert.Equal(CertificateFault.SignedKeyMalformed, FaultOf(Make(request => request.CertificateExtensions.Add(new X509Extension(SignedKey.ExtensionOid, Convert.FromHexString(hex), false)))));

    [Fact]
    public void An_unknown_extension_is_fine_unless_it_is_critical()
    {
        Assert.Equal(CertificateFault.None, FaultOf(MakeSigned(request => request.CertificateExtensions.Add(new X509Extension("1.2.3.4", [5, 0], false)))));
        Assert.Equal(CertificateFault.UnknownCriticalExtension, FaultOf(MakeSigned(request => request.CertificateExtensions.Add(new X509Extension("1.2.3.4", [5, 0], true)))));
    }

    [Fact]
    public void A_certificate_is_valid_in_its_time_give_or_take_a_day()
    {
        var certificate = MakeSigned(_ => { });

        Assert.Equal(CertificateFault.None, FaultOf(certificate, Now.AddDays(-10.9)));
        Assert.Equal(CertificateFault.None, FaultOf(certificate, Now.AddDays(10.9)));
        Assert.Equal(CertificateFault.NotValidNow, FaultOf(certificate, Now.AddDays(-11.1)));
        Assert.Equal(CertificateFault.NotValidNow, FaultOf(certificate, Now.AddDays(11.1)));
    }

    [Fact]
    public void A_key_of_another_kind_is_refused()
    {
        using var rsa = RSA.Create(2048);
        var request = new CertificateRequest("CN=x", rsa, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using var certificate = request.CreateSelfSigned(Now.AddDays(-1), Now.AddDays(1));

        Assert.Equal(CertificateFault.UnsupportedAlgorithm, FaultOf(certificate.RawData));
    }

    [Fact]
    public void A_certificate_of_many_kilobytes_is_refused() =>
        Assert.Equal(CertificateFault.Malformed, FaultOf(MakeSigned(request => request.CertificateExtensions.Add(new X509Extension("1.2.3.4", new byte[5000], false)))));

    [Fact]
    public void Random_changes_and_cuts_never_pass_and_never_throw()
    {
        var seed = Seeds.Next();
        var random = new Random(seed);
        var vector = Convert.FromHexString(CertificateVectors.Ed25519);
        for (var round = 0; round < 4_000; round++)
        {
            var changed = vector.AsSpan(0, random.Next(4) == 0 ? random.Next(vector.Length) : vector.Length).ToArray();
            for (var i = random.Next(1, 4); i > 0 && changed.Length > 0; i--)
                changed[random.Next(changed.Length)] = (byte)random.Next(256);

            if (!changed.AsSpan().SequenceEqual(vector))
                Assert.False(PeerCertificate.TryVerify(changed, Now, out _, out _), $"seed {seed}, round {round}");
        }
    }

    [Fact]
    public void A_second_certificate_is_noticed()
    {
        using var first = X509CertificateLoader.LoadCertificate(MakeSigned(_ => { }));
        using var second = X509CertificateLoader.LoadCertificate(MakeSigned(_ => { }));
        using var chain = new X509Chain();

        chain.ChainPolicy.ExtraStore.Add(first);
        Assert.True(DirectConnections.Handshakes.PeerProof.IsAlone(first.RawData, chain));
        chain.ChainPolicy.ExtraStore.Add(second);
        Assert.False(DirectConnections.Handshakes.PeerProof.IsAlone(first.RawData, chain));
    }

    private static CertificateFault FaultOf(byte[] certificate, DateTimeOffset? now = null)
    {
        PeerCertificate.TryVerify(certificate, now ?? Now, out _, out var fault);
        return fault;
    }

    private static byte[] MakeSigned(Action<CertificateRequest> extend) => Make(extend, isSigned: true);

    private static byte[] Make(Action<CertificateRequest> extend, bool isSigned = false)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=x", key, HashAlgorithmName.SHA256);
        if (isSigned)
            request.CertificateExtensions.Add(new X509Extension(SignedKey.ExtensionOid, SignedKey.Create(TransportPair.Server, key.ExportSubjectPublicKeyInfo()), false));
        extend(request);
        using var certificate = request.CreateSelfSigned(Now.AddDays(-10), Now.AddDays(10));
        return certificate.RawData;
    }
}
