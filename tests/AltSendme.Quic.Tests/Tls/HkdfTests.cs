using System.Security.Cryptography;
using AltSendme.Quic.Tls.Schedule;

namespace AltSendme.Quic.Tests.Tls;

/// <summary>RFC 5869, appendix A (SHA-256 cases) and the label form of RFC 9001, appendix A.1.</summary>
public sealed class HkdfTests
{
    [Theory]
    [InlineData(
        "0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b",
        "000102030405060708090a0b0c",
        "f0f1f2f3f4f5f6f7f8f9",
        "077709362c2e32df0ddc3f0dc47bba6390b6c73bb50f9c3122ec844ad7c2b3e5",
        "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865")]
    [InlineData(
        "0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b",
        "",
        "",
        "19ef24a32c717b167f33a91d6f648bdf96596776afdb6377ac434c1c293ccb04",
        "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d9d201395faa4b61a96c8")]
    public void The_platform_extracts_and_expands_as_rfc_5869_prints(string input, string salt, string info, string pseudoRandomKey, string output)
    {
        var extracted = new byte[32];
        var expanded = new byte[42];

        HKDF.Extract(HashAlgorithmName.SHA256, Hex.Decode(input), Hex.Decode(salt), extracted);
        HKDF.Expand(HashAlgorithmName.SHA256, extracted, expanded, Hex.Decode(info));

        Assert.Equal(pseudoRandomKey, Hex.Encode(extracted));
        Assert.Equal(output, Hex.Encode(expanded));
    }

    [Theory]
    [InlineData("client in", 32, "00200f746c73313320636c69656e7420696e00")]
    [InlineData("quic key", 16, "00100e746c7331332071756963206b657900")]
    public void A_label_is_framed_as_rfc_9001_prints(string label, int length, string info)
    {
        var secret = new byte[32];
        var (expected, actual) = (new byte[length], new byte[length]);

        HKDF.Expand(HashAlgorithmName.SHA256, secret, expected, Hex.Decode(info));
        HkdfLabel.Expand(HashAlgorithmName.SHA256, secret, System.Text.Encoding.ASCII.GetBytes(label), default, actual);

        Assert.Equal(expected, actual);
    }

    [Fact]
    public void A_label_or_context_that_does_not_fit_is_refused() => Assert.Multiple(
        () => Assert.Throws<ArgumentException>(() => HkdfLabel.Expand(HashAlgorithmName.SHA256, new byte[32], new byte[250], default, new byte[16])),
        () => Assert.Throws<ArgumentException>(() => HkdfLabel.Expand(HashAlgorithmName.SHA256, new byte[32], default, new byte[256], new byte[16])));
}
