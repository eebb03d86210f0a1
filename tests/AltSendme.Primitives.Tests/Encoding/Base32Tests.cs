using AltSendme.Primitives.Encoding;
using AltSendme.TestKit;
using FsCheck;
using FsCheck.Fluent;
using static System.Text.Encoding;

namespace AltSendme.Primitives.Tests.Encoding;

public sealed class Base32Tests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("f", "my")]
    [InlineData("fo", "mzxq")]
    [InlineData("foo", "mzxw6")]
    [InlineData("foob", "mzxw6yq")]
    [InlineData("fooba", "mzxw6ytb")]
    [InlineData("foobar", "mzxw6ytboi")]
    public void The_vectors_of_RFC_4648_hold_in_lower_case_and_without_padding(string text, string encoded)
    {
        Assert.Equal(encoded, Base32.Encode(ASCII.GetBytes(text)));
        Assert.True(Base32.TryDecode(encoded, out var decoded));
        Assert.Equal(text, ASCII.GetString(decoded));
    }

    [Fact]
    public void Upper_case_is_read_as_well()
    {
        Assert.True(Base32.TryDecode("MZXW6YTBOI", out var decoded));
        Assert.Equal("foobar"u8, decoded);
    }

    [Theory]
    [InlineData("m")]
    [InlineData("mzx")]
    [InlineData("mzxw6y")]
    [InlineData("mz")]
    [InlineData("mzxw6===")]
    [InlineData("mzxw 6yq")]
    [InlineData("mzxw0")]
    [InlineData("mzxw1")]
    [InlineData("mzxw8")]
    [InlineData("mzxwé")]
    [InlineData("mzxwſ")]
    public void Anything_that_no_encoder_writes_is_refused(string text)
    {
        Assert.False(Base32.TryDecode(text, out var decoded));
        Assert.Empty(decoded);
    }

    [Fact]
    public void All_bytes_survive() =>
        Prop.ForAll<byte[]>(bytes => Base32.TryDecode(Base32.Encode(bytes), out var decoded) && decoded.AsSpan().SequenceEqual(bytes)).QuickCheckThrowOnFailure();

    [Fact]
    public void What_is_read_is_written_the_same_way_again() =>
        Seeds.Run(2_000, random =>
        {
            var text = string.Create(random.Next(20), random, static (symbols, random) =>
            {
                foreach (ref var symbol in symbols)
                    symbol = (char)random.Next('0', 'z' + 2);
            });

            if (Base32.TryDecode(text, out var decoded))
                Assert.Equal(text, Base32.Encode(decoded), ignoreCase: true);
        });
}
