using AltSendme.Primitives.Encoding;
using FsCheck;
using FsCheck.Fluent;

namespace AltSendme.Primitives.Tests.Encoding;

public sealed class QuicVarIntTests
{
    [Theory]
    [InlineData("c2197c5eff14e88c", 151_288_809_941_952_652)]
    [InlineData("9d7f3e7d", 494_878_333)]
    [InlineData("7bbd", 15_293)]
    [InlineData("25", 37)]
    [InlineData("4025", 37)]
    public void The_samples_of_RFC_9000_are_read(string hex, ulong expected)
    {
        Assert.True(QuicVarInt.TryRead(Convert.FromHexString(hex), out var value, out var length));
        Assert.Equal(expected, value);
        Assert.Equal(hex.Length / 2, length);
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(63, 1)]
    [InlineData(64, 2)]
    [InlineData(16_383, 2)]
    [InlineData(16_384, 4)]
    [InlineData(1_073_741_823, 4)]
    [InlineData(1_073_741_824, 8)]
    [InlineData(QuicVarInt.MaxValue, 8)]
    public void The_shortest_form_is_written(ulong value, int length)
    {
        var bytes = new byte[QuicVarInt.MaxLength];

        Assert.Equal(length, QuicVarInt.Length(value));
        Assert.Equal(length, QuicVarInt.Write(bytes, value));
        Assert.True(QuicVarInt.TryRead(bytes, out var read, out var readLength));
        Assert.Equal((value, length), (read, readLength));
    }

    [Fact]
    public void A_number_that_is_cut_off_is_not_read()
    {
        foreach (var hex in (string[])["c2197c5eff14e88c", "9d7f3e7d", "7bbd", "25"])
        {
            var bytes = Convert.FromHexString(hex);
            for (var length = 0; length < bytes.Length; length++)
                Assert.False(QuicVarInt.TryRead(bytes.AsSpan(0, length), out _, out _));
        }
    }

    [Fact]
    public void A_number_that_does_not_fit_is_a_mistake_in_the_program()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => QuicVarInt.Length(QuicVarInt.MaxValue + 1));
        Assert.Throws<ArgumentException>(() => QuicVarInt.Write(new byte[1], 64));
    }

    [Fact]
    public void Every_number_survives() =>
        Prop.ForAll<ulong>(number =>
        {
            var bytes = new byte[QuicVarInt.MaxLength];
            var value = number & QuicVarInt.MaxValue;
            var written = QuicVarInt.Write(bytes, value);
            return QuicVarInt.TryRead(bytes.AsSpan(0, written), out var read, out var length) && read == value && length == written;
        }).QuickCheckThrowOnFailure();
}
