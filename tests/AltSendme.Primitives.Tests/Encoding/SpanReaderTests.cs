using AltSendme.Primitives.Encoding;

namespace AltSendme.Primitives.Tests.Encoding;

public sealed class SpanReaderTests
{
    [Fact]
    public void Numbers_are_read_in_the_byte_order_that_is_asked_for()
    {
        var reader = new SpanReader([1, 0x12, 0x34, 0x12, 0x34, 0x56, 0x78, 0, 0, 0, 0, 0, 0, 0, 9, 9, 0, 0, 0, 0, 0, 0, 0, 0x7b, 0xbd]);

        Assert.True(reader.TryReadByte(out var first));
        Assert.True(reader.TryReadUInt16BigEndian(out var second));
        Assert.True(reader.TryReadUInt32BigEndian(out var third));
        Assert.True(reader.TryReadUInt64BigEndian(out var fourth));
        Assert.True(reader.TryReadUInt64LittleEndian(out var fifth));
        Assert.True(reader.TryReadVarInt(out var sixth));
        Assert.True(reader.IsAtEnd);

        Assert.Equal((1, 0x1234, 0x12345678u, 9UL, 9UL, 15_293UL), (first, second, third, fourth, fifth, sixth));
    }

    [Fact]
    public void Nothing_is_read_beyond_the_end()
    {
        Assert.False(new SpanReader([]).TryReadByte(out _));
        Assert.False(new SpanReader([1]).TryReadUInt16BigEndian(out _));
        Assert.False(new SpanReader([1, 2, 3]).TryReadUInt32BigEndian(out _));
        Assert.False(new SpanReader([1, 2, 3, 4, 5, 6, 7]).TryReadUInt64BigEndian(out _));
        Assert.False(new SpanReader([1, 2, 3, 4, 5, 6, 7]).TryReadUInt64LittleEndian(out _));
        Assert.False(new SpanReader([0x40]).TryReadVarInt(out _));
        Assert.False(new SpanReader([1, 2]).TryReadBytes(3, out _));
        Assert.False(new SpanReader([1, 2]).TryReadBytes(-1, out _));
        Assert.False(new SpanReader([1, 2]).TryReadBytes(long.MaxValue, out _));
    }
}
