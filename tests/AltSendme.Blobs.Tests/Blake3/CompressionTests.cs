using AltSendme.Blobs.Blake3;
using AltSendme.Primitives.Cryptography;

namespace AltSendme.Blobs.Tests.Blake3;

public sealed class CompressionTests
{
    [Fact]
    public void One_block_compresses_the_same_with_and_without_vectors()
    {
        var random = new Random(3);
        var value = new uint[16];
        var block = new byte[64];
        for (var i = 0; i < 500; i++)
        {
            random.NextBytes(block);
            for (var word = 0; word < value.Length; word++)
                value[word] = (uint)random.NextInt64(1L << 32);
            var counter = (ulong)random.NextInt64(long.MinValue, long.MaxValue);
            var flags = (NodeFlags)random.Next(128);
            var length = random.Next(65);
            var expected = new uint[16];
            Blake3Compression.Compress(value.AsSpan(0, 8), block, length, counter, (uint)flags, expected);

            // The output may lie over the input.
            Compression.Compress(value.AsSpan(0, 8), block, length, counter, flags, value);

            Assert.Equal(expected, value);
        }
    }

    [Fact]
    public void Plain_integers_may_write_the_output_over_the_input()
    {
        var value = new uint[16];
        Parameters.InitialValue.CopyTo(value);
        var expected = new uint[16];
        Blake3Compression.Compress(Parameters.InitialValue, new byte[64], 64, 7, (uint)NodeFlags.Parent, expected);

        Blake3Compression.Compress(value.AsSpan(0, 8), new byte[64], 64, 7, (uint)NodeFlags.Parent, value);

        Assert.Equal(expected, value);
    }
}
