using AltSendme.Blobs.Blake3;

namespace AltSendme.Blobs.Tests.Blake3;

public sealed class ParallelSubtreeTests
{
    [Theory]
    [InlineData(0, 2)]
    [InlineData(1, 2)]
    [InlineData(2 << 20, 2)]
    [InlineData((2 << 20) + 1, 2)]
    [InlineData((3 << 20) - 1, 1)]
    [InlineData(4 << 20, 4)]
    [InlineData((5 << 20) + 1025, 3)]
    public void Several_cores_give_the_value_that_one_gives(int length, int degree)
    {
        var data = Pattern.Random(length, length);

        Assert.Equal(Subtree.ChainingValue(data, 0, isRoot: true), ParallelSubtree.ChainingValue(data, 0, isRoot: true, degree));
        if (length > 0)
            Assert.Equal(Subtree.ChainingValue(data, 1 << 30, isRoot: false), ParallelSubtree.ChainingValue(data, 1 << 30, isRoot: false, degree));
    }

    [Fact]
    public void A_cancelled_hash_ends()
    {
        Assert.ThrowsAny<OperationCanceledException>(() => ParallelSubtree.ChainingValue(new byte[4 << 20], 0, isRoot: true, degree: 2, new CancellationToken(canceled: true)));
    }
}
