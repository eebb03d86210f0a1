using System.Buffers;
using AltSendme.Primitives.Encoding;
using AltSendme.TestKit;
using FsCheck;
using FsCheck.Fluent;

namespace AltSendme.Primitives.Tests.Encoding;

public sealed class PostcardTests
{
    /// <summary>Samples of the postcard wire format's description, and the edges of each length.</summary>
    [Theory]
    [InlineData(0, "00")]
    [InlineData(127, "7f")]
    [InlineData(128, "8001")]
    [InlineData(16_383, "ff7f")]
    [InlineData(16_384, "808001")]
    [InlineData(65_535, "ffff03")]
    [InlineData(4433, "d122")]
    [InlineData(ulong.MaxValue, "ffffffffffffffffff01")]
    public void Numbers_are_written_and_read_as_postcard_does(ulong value, string hex)
    {
        Assert.Equal(hex, Written(writer => writer.WriteVarUInt64(value)));
        var reader = new PostcardReader(Convert.FromHexString(hex));
        Assert.True(reader.TryReadVarUInt64(out var read));
        Assert.Equal(value, read);
        Assert.True(reader.Remaining.IsEmpty);
    }

    [Fact]
    public void Texts_and_bytes_have_their_length_in_front_and_arrays_have_none()
    {
        Assert.Equal("0568c3a96c6f", Written(writer => writer.WriteString("hélo")));
        Assert.Equal("020102", Written(writer => writer.WriteBytes([1, 2])));
        Assert.Equal("0102", Written(writer => writer.WriteFixed([1, 2])));
    }

    [Theory]
    [InlineData("ffffffffffffffffff02")]
    [InlineData("ffffffffffffffffffff01")]
    [InlineData("80808080808080808080")]
    [InlineData("80")]
    [InlineData("")]
    public void A_number_of_more_than_64_bits_or_without_an_end_is_refused(string hex)
    {
        var reader = new PostcardReader(Convert.FromHexString(hex));
        Assert.False(reader.TryReadVarUInt64(out _));
    }

    [Fact]
    public void A_port_above_65535_is_refused()
    {
        var reader = new PostcardReader([0x80, 0x80, 0x04]);
        Assert.False(reader.TryReadVarUInt16(out var port));
        Assert.Equal(0, port);
    }

    [Fact]
    public void A_length_above_the_limit_or_the_input_is_refused_before_anything_is_made_of_it()
    {
        var huge = Convert.FromHexString("ffffffffffffffffff01");
        Assert.False(new PostcardReader(huge).TryReadLength(int.MaxValue, out _));
        Assert.False(new PostcardReader(huge).TryReadBytes(int.MaxValue, out _));
        Assert.False(new PostcardReader([3, 1, 2]).TryReadBytes(10, out _));
        Assert.False(new PostcardReader([3, 1, 2, 3]).TryReadBytes(2, out _));
        Assert.False(new PostcardReader([1]).TryReadFixed(-1, out _));
    }

    [Fact]
    public void A_text_that_is_not_UTF_8_is_refused()
    {
        Assert.False(new PostcardReader([2, 0xC3, 0x28]).TryReadString(10, out var text));
        Assert.Equal("", text);
        Assert.False(new PostcardReader([3, 0xED, 0xA0, 0x80]).TryReadString(10, out _));
    }

    [Fact]
    public void Values_survive_in_sequence() =>
        Prop.ForAll<ulong, byte[], NonNull<string>>((number, bytes, text) =>
        {
            var valid = string.Concat(text.Get.Where(c => !char.IsSurrogate(c)));
            var output = new ArrayBufferWriter<byte>();
            var writer = new PostcardWriter(output);
            writer.WriteVarUInt64(number);
            writer.WriteBytes(bytes);
            writer.WriteString(valid);

            var reader = new PostcardReader(output.WrittenSpan);
            return reader.TryReadVarUInt64(out var readNumber) && readNumber == number
                && reader.TryReadBytes(bytes.Length, out var readBytes) && readBytes.SequenceEqual(bytes)
                && reader.TryReadString(int.MaxValue, out var readText) && readText == valid
                && reader.Remaining.IsEmpty;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Foreign_bytes_never_make_it_throw_or_give_more_than_was_there() =>
        Seeds.Run(3_000, random =>
        {
            var bytes = random.Bytes(random.Next(40));
            var reader = new PostcardReader(bytes);
            var read = true;
            while (read && !reader.Remaining.IsEmpty)
            {
                var before = reader.Remaining.Length;
                switch (random.Next(6))
                {
                    case 0: read = reader.TryReadByte(out _); break;
                    case 1: read = reader.TryReadVarUInt64(out _); break;
                    case 2: read = reader.TryReadVarUInt16(out _); break;
                    case 3:
                        read = reader.TryReadBytes(random.Next(50), out var value);
                        Assert.True(value.Length <= bytes.Length);
                        break;
                    case 4: read = reader.TryReadString(random.Next(50), out _); break;
                    default: read = reader.TryReadFixed(random.Next(1, 8), out _); break;
                }

                Assert.True(!read || reader.Remaining.Length < before);
            }
        });

    private static string Written(Action<PostcardWriter> write)
    {
        var output = new ArrayBufferWriter<byte>();
        write(new PostcardWriter(output));
        return Convert.ToHexStringLower(output.WrittenSpan);
    }
}
