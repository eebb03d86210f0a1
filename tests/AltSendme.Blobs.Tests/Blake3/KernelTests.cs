using AltSendme.Blobs.Blake3;

namespace AltSendme.Blobs.Tests.Blake3;

/// <summary>Every kernel that this machine has, not only the one that it would choose.</summary>
public sealed class KernelTests
{
    private const ulong BeyondTheLowWord = 0x3_0000_0000;

    private static readonly TreeHasher Single = Kernels.All().Last();

    private static readonly byte[] Content = Pattern.Random(1, 41 * 1024);

    private static readonly List<(int Length, ulong FirstChunk, Hash Expected)> Lengths =
    [
        .. from chunks in Enumerable.Range(0, 41)
           from tail in new[] { 0, 1, 64, 1023 }
           from firstChunk in new ulong[] { 64, BeyondTheLowWord }
           let length = (chunks * 1024) + tail
           where length > 0
           select (length, firstChunk, Single.Top(Content.AsSpan(0, length), firstChunk, TreeMode.Hash).ToHash(isRoot: false)),
    ];

    public static TheoryData<string> Supported => [.. Kernels.All().Where(kernel => kernel.IsSupported).Select(kernel => kernel.Name)];

    [Theory, MemberData(nameof(Supported))]
    public void A_kernel_hashes_as_the_official_vectors_say(string name)
    {
        var kernel = Named(name);
        foreach (var vector in OfficialVectors.All)
        {
            Assert.Equal(vector.Hash, Output(kernel.Top(vector.Input, 0, TreeMode.Hash), vector.Hash.Length));
            var key = KeyWords.Of(OfficialVectors.Key);
            var keyed = new TreeMode(key, NodeFlags.KeyedHash);
            Assert.Equal(vector.KeyedHash, Output(kernel.Top(vector.Input, 0, keyed), vector.KeyedHash.Length));
        }
    }

    [Theory, MemberData(nameof(Supported))]
    public void A_kernel_agrees_with_one_node_at_a_time_on_any_number_of_chunks_and_any_tail(string name)
    {
        var kernel = Named(name);
        foreach (var (length, firstChunk, expected) in Lengths)
        {
            Assert.True(
                expected == kernel.Top(Content.AsSpan(0, length), firstChunk, TreeMode.Hash).ToHash(isRoot: false),
                $"{length / 1024} chunks and {length % 1024} bytes from chunk {firstChunk}");
        }
    }

    [Theory, MemberData(nameof(Supported))]
    public void A_kernel_counts_chunks_across_the_end_of_the_low_word(string name)
    {
        var kernel = Named(name);
        var data = Pattern.Random(2, 20 * 1024);
        for (var before = 0ul; before <= 20; before += 3)
        {
            var expected = new byte[20 * 32];
            var actual = new byte[20 * 32];
            Single.Subtrees(data, BeyondTheLowWord - before, 0, TreeMode.Hash, expected);
            kernel.Subtrees(data, BeyondTheLowWord - before, 0, TreeMode.Hash, actual);
            Assert.Equal(expected, actual);
        }
    }

    [Theory, MemberData(nameof(Supported))]
    public void A_kernel_agrees_with_one_node_at_a_time_on_many_subtrees(string name)
    {
        var kernel = Named(name);
        for (var level = 0; level <= 9; level++)
        {
            foreach (var count in level > 5 ? [2] : new[] { 1, 3, 17 })
            {
                var data = Pattern.Random((level * 100) + count, count * 1024 << level);
                var expected = new byte[count * 32];
                var actual = new byte[count * 32];
                Single.Subtrees(data, 0, level, TreeMode.Hash, expected);
                kernel.Subtrees(data, 0, level, TreeMode.Hash, actual);
                Assert.True(expected.AsSpan().SequenceEqual(actual), $"{count} subtrees of level {level}");
            }
        }
    }

    [Theory, MemberData(nameof(Supported))]
    public void A_kernel_joins_any_number_of_subtrees(string name)
    {
        var kernel = Named(name);
        for (var count = 2; count <= 70; count++)
        {
            var values = Pattern.Random(count, count * 32);
            var expected = Single.Join(values.ToArray(), TreeMode.Hash).RootHash();
            Assert.Equal(expected, kernel.Join(values, TreeMode.Hash).RootHash());
        }
    }

    [Fact]
    public void A_machine_uses_the_first_kernel_that_it_has() =>
        Assert.Equal(Kernels.All().First(kernel => kernel.IsSupported).Name, Kernels.Best.Name);

    private static TreeHasher Named(string name) => Kernels.All().Single(kernel => kernel.Name == name);

    private static byte[] Output(Node root, int length)
    {
        var output = new byte[length];
        root.WriteRoot(output);
        return output;
    }
}
