using AltSendme.Blobs.Blake3;
using AltSendme.TestKit;

namespace AltSendme.Blobs.Tests.Blake3;

public sealed class SubtreeTests
{
    [Fact]
    public void A_whole_blob_has_the_hash_of_the_official_vectors()
    {
        foreach (var vector in OfficialVectors.All)
            Assert.Equal(new Hash(vector.Hash.AsSpan(0, Hash.Length)), Subtree.ChainingValue(vector.Input, 0, isRoot: true));
    }

    [Theory]
    [InlineData(1025)]
    [InlineData(4096)]
    [InlineData(102400)]
    public void A_blob_is_the_parent_of_its_largest_complete_subtree_and_the_rest(int length)
    {
        var data = Pattern.Bytes(length);
        var left = 1024;
        while (left * 2 < length)
            left *= 2;

        var hash = Subtree.Parent(
            Subtree.ChainingValue(data.AsSpan(0, left), 0, isRoot: false),
            Subtree.ChainingValue(data.AsSpan(left), (ulong)left / 1024, isRoot: false),
            isRoot: true);

        Assert.Equal(Subtree.ChainingValue(data, 0, isRoot: true), hash);
    }

    [Theory]
    [InlineData(0, 0ul)]
    [InlineData(1, 2ul)]
    [InlineData(4, 0x1_0000_0000ul - 160)]
    [InlineData(4, 0x12_0000_0000ul)]
    [InlineData(6, 128ul)]
    public void Many_subtrees_have_the_values_that_each_has_alone(int level, ulong firstChunk)
    {
        const int Count = 19;
        var length = 1024 << level;
        var data = Pattern.Random(level, length * Count);
        var values = new Hash[Count];

        Subtree.ChainingValues(data, firstChunk, level, values);

        for (var i = 0; i < Count; i++)
            Assert.Equal(Subtree.ChainingValue(data.AsSpan(i * length, length), firstChunk + ((ulong)i << level), isRoot: false), values[i]);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(31)]
    [InlineData(100)]
    public void Many_parents_have_the_values_that_each_has_alone_also_in_place(int count)
    {
        var values = new Hash[2 * count];
        for (var i = 0; i < values.Length; i++)
            values[i] = new Hash(Pattern.Random(i, Hash.Length));
        var expected = new Hash[count];
        for (var i = 0; i < count; i++)
            expected[i] = Subtree.Parent(values[2 * i], values[(2 * i) + 1], isRoot: false);

        Subtree.Parents(values, values);

        Assert.Equal(expected, values[..count]);
    }

    [OptimizedFact(typeof(Subtree))]
    public void Hashing_allocates_nothing()
    {
        var data = Pattern.Bytes(1 << 20);
        var values = new Hash[64];
        using var hasher = new Blake3Hasher();
        long allocated = 0;

        // The first time the pool's buffers are made.
        for (var time = 0; time < 2; time++)
        {
            allocated = GC.GetAllocatedBytesForCurrentThread();
            Subtree.ChainingValue(data, 0, isRoot: true);
            Subtree.ChainingValues(data, 0, 4, values);
            Subtree.Parents(values, values);
            hasher.Update(data.AsSpan(0, 20_000));
            hasher.Update(data.AsSpan(20_000));
            hasher.Finish();
            allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;
        }

        Assert.Equal(0, allocated);
    }

    [Fact]
    public void Incomplete_subtrees_and_too_few_places_are_refused()
    {
        Assert.Throws<ArgumentException>(() => Subtree.ChainingValues(new byte[1023], 0, 0, new Hash[1]));
        Assert.Throws<ArgumentException>(() => Subtree.ChainingValues(new byte[4096], 0, 1, new Hash[1]));
        Assert.Throws<ArgumentException>(() => Subtree.Parents(new Hash[3], new Hash[3]));
        Assert.Throws<ArgumentException>(() => Subtree.Parents(new Hash[4], new Hash[1]));
        Assert.Throws<ArgumentOutOfRangeException>(() => Subtree.ChainingValues(new byte[4096], 0, -1, new Hash[4]));
    }
}
