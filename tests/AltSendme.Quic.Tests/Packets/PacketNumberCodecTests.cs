using AltSendme.Quic.Packets;
using AltSendme.Quic.Simulation;

namespace AltSendme.Quic.Tests.Packets;

/// <summary>RFC 9000, appendices A.2 and A.3.</summary>
public sealed class PacketNumberCodecTests
{
    [Theory]
    [InlineData(0xac5c02UL, 0xabe8b3UL + 1, 2)]
    [InlineData(0xace8feUL, 0xabe8b3UL + 1, 3)]
    public void The_examples_of_appendix_A2_take_the_lengths_given_there(ulong number, ulong firstUnacknowledged, int length) =>
        Assert.Equal(length, PacketNumberCodec.Length(number, firstUnacknowledged));

    [Fact]
    public void The_example_of_appendix_A3_is_expanded_as_given_there() =>
        Assert.Equal(0xa82f9b32UL, PacketNumberCodec.Expand(0x9b32, 2, 0xa82f30ea + 1));

    [Fact]
    public void Every_number_sent_is_understood_by_a_receiver_that_has_what_was_acknowledged()
    {
        var random = new SeededRandom(5);
        Span<byte> buffer = stackalloc byte[4];
        for (var i = 0; i < 20_000; i++)
        {
            var acknowledged = random.NextWord() >> (2 + (int)random.Next(60));
            var number = acknowledged + random.Next(1u << (int)random.Next(24));
            var expected = acknowledged + (number == acknowledged ? 0 : random.Next((uint)(number - acknowledged)));
            var length = PacketNumberCodec.Length(number, acknowledged);
            var writer = new PacketWriter(buffer);
            PacketNumberCodec.Write(ref writer, number, length);

            Assert.Equal(number, PacketNumberCodec.Expand(PacketNumberCodec.ReadTruncated(writer.Written), length, expected));
        }
    }
}
