using AltSendme.Blobs.Bao;
using AltSendme.Blobs.Blake3;

namespace AltSendme.Blobs.Tests.Bao;

public sealed class OutboardTests
{
    [Theory]
    [InlineData((1 << 20) + 1)]
    [InlineData(2 << 20)]
    [InlineData((3 << 20) + 17 * 1024)]
    public void Values_are_those_of_the_subtrees_below(int size)
    {
        var content = PatternBlob.Pattern(size);
        var outboard = new PatternBlob(content).Outboard!;

        var pending = new Stack<TreeNode>([outboard.Geometry.Root.Left, outboard.Geometry.Canonical(outboard.Geometry.Root.Right)]);
        while (pending.TryPop(out var node))
        {
            var part = content.AsSpan((int)TreeGeometry.OffsetOf(node), (int)outboard.Geometry.LengthOf(node));
            Assert.Equal(Subtree.ChainingValue(part, node.FirstChunk, isRoot: false), outboard.ChainingValue(node));
            if (node.Level <= Outboard.BlockLevel)
                continue;
            pending.Push(node.Left);
            pending.Push(outboard.Geometry.Canonical(node.Right));
        }
    }

    [Fact]
    public void A_last_block_may_be_named_by_its_nominal_level()
    {
        var outboard = new PatternBlob(PatternBlob.Pattern((2 << 20) + 1)).Outboard!;

        Assert.Equal(outboard.ChainingValue(new TreeNode(2048, 0)), outboard.ChainingValue(new TreeNode(2048, 10)));
        Assert.Equal(outboard.ChainingValue(new TreeNode(2048, 0)), outboard.ChainingValue(new TreeNode(2048, 11)));
    }

    [Fact]
    public void Nodes_that_do_not_exist_have_no_value()
    {
        var outboard = new PatternBlob(PatternBlob.Pattern(2 << 20)).Outboard!;

        Assert.Throws<ArgumentOutOfRangeException>(() => outboard.ChainingValue(outboard.Geometry.Root));
        Assert.Throws<ArgumentOutOfRangeException>(() => outboard.ChainingValue(new TreeNode(2048, 10)));
    }

    [Fact]
    public void Blocks_of_another_blob_are_refused()
    {
        var content = PatternBlob.Pattern(3 << 20);
        var blob = new PatternBlob(content);
        var values = PatternBlob.ValuesOf(content);

        Assert.Throws<ArgumentException>(() => Outboard.FromBlocks(blob.Hash, blob.Size, values.AsSpan(1)));
        Assert.Throws<ArgumentException>(() => Outboard.FromBlocks(blob.Hash, blob.Size, [values[0], values[2], values[1]]));
        Assert.Throws<ArgumentException>(() => Outboard.FromBlocks(values[0], blob.Size, values));
        Assert.Throws<ArgumentOutOfRangeException>(() => Outboard.FromBlocks(blob.Hash, Outboard.BlockSize, values.AsSpan(0, 1)));
    }
}
