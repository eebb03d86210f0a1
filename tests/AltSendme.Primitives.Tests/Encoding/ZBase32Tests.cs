using AltSendme.Primitives.Encoding;
using FsCheck;
using FsCheck.Fluent;

namespace AltSendme.Primitives.Tests.Encoding;

public sealed class ZBase32Tests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("00", "yy")]
    [InlineData("f0bfc7", "6n9hq")]
    [InlineData("d47a04", "4t7ye")]
    [InlineData("ff", "9h")]
    public void Known_spellings_hold(string hex, string encoded)
    {
        Assert.Equal(encoded, ZBase32.Encode(Convert.FromHexString(hex)));
        Assert.True(ZBase32.TryDecode(encoded, out var decoded));
        Assert.Equal(hex, Convert.ToHexStringLower(decoded));
    }

    [Fact]
    public void A_public_key_takes_52_characters() => Assert.Equal(52, ZBase32.Encode(new byte[32]).Length);

    [Theory]
    [InlineData("y")]
    [InlineData("6N9HQ")]
    [InlineData("6n9h0")]
    [InlineData("6n9hl")]
    [InlineData("6n9hv")]
    [InlineData("6n9h2")]
    [InlineData("99")]
    public void Anything_that_no_encoder_writes_is_refused(string text)
    {
        Assert.False(ZBase32.TryDecode(text, out var decoded));
        Assert.Empty(decoded);
    }

    [Fact]
    public void All_bytes_survive() =>
        Prop.ForAll<byte[]>(bytes => ZBase32.TryDecode(ZBase32.Encode(bytes), out var decoded) && decoded.AsSpan().SequenceEqual(bytes)).QuickCheckThrowOnFailure();
}
