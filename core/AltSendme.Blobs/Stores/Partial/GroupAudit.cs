using System.Buffers;
using AltSendme.Blobs.Bao;
using AltSendme.Blobs.Blake3;
using Microsoft.Win32.SafeHandles;

namespace AltSendme.Blobs.Stores.Partial;

/// <summary>
/// Proves what an earlier run left of a file: a marked group counts when its bytes lead through the stored parents to the root. First the parents above the blocks are walked, then the blocks are
/// read and hashed in parallel; a buffer of one block a worker.
/// </summary>
internal sealed class GroupAudit(Hash root, long size, SafeFileHandle data, SafeFileHandle outboard, GroupBitmap marked)
{
    private const int GroupsPerBlock = Outboard.BlockSize / TreeGeometry.GroupSize;

    private readonly TreeGeometry _geometry = new(size);
    private readonly List<(TreeNode Node, Hash Expected)> _blocks = [];

    // Guards the proved groups; workers take blocks by the counter.
    private readonly Lock _gate = new();
    private readonly GroupBitmap _proved = new(size);
    private int _next = -1;

    /// <summary>The groups that are proved.</summary>
    public async ValueTask<GroupBitmap> RunAsync(int degree, CancellationToken cancellationToken)
    {
        Walk(_geometry.Root, root);
        var workers = Math.Min(degree, _blocks.Count);
        if (workers <= 1)
            Work(cancellationToken);
        else
            await WorkerThreads.RunAsync(workers, () => Work(cancellationToken));
        cancellationToken.ThrowIfCancellationRequested();
        return _proved;
    }

    private static long FirstGroup(TreeNode node) => (long)(node.FirstChunk >> TreeGeometry.GroupLevel);

    private long EndGroup(TreeNode node) => (long)((_geometry.EndOf(node) - 1) >> TreeGeometry.GroupLevel) + 1;

    private bool HasMarks(TreeNode node) => marked.HasAny(FirstGroup(node), EndGroup(node));

    private bool IsRoot(TreeNode node) => node == _geometry.Root;

    /// <summary>Goes down from a node with a proved value to the blocks below it.</summary>
    private void Walk(TreeNode node, in Hash expected)
    {
        if (!HasMarks(node))
            return;
        if (node.Level <= Outboard.BlockLevel)
        {
            _blocks.Add((node, expected));
            return;
        }

        Span<byte> parent = stackalloc byte[TreeGeometry.ParentSize];
        if (RandomAccess.Read(outboard, parent, ParentSlots.OffsetOf(ParentSlots.Of(node))) == parent.Length && TryOpen(parent, node, expected, out var left, out var right))
        {
            Walk(node.Left, left);
            Walk(_geometry.Canonical(node.Right), right);
        }
    }

    private void Work(CancellationToken cancellationToken)
    {
        var content = ArrayPool<byte>.Shared.Rent(Outboard.BlockSize);
        var parents = ArrayPool<byte>.Shared.Rent(GroupsPerBlock * TreeGeometry.ParentSize);
        try
        {
            for (int i; !cancellationToken.IsCancellationRequested && (i = Interlocked.Increment(ref _next)) < _blocks.Count;)
            {
                var (node, expected) = _blocks[i];
                var block = new Block(node, content.AsSpan(0, (int)_geometry.LengthOf(node)), parents.AsSpan(0, GroupsPerBlock * TreeGeometry.ParentSize));
                AuditBlock(block, expected);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(content);
            ArrayPool<byte>.Shared.Return(parents);
        }
    }

    private void AuditBlock(in Block block, in Hash expected)
    {
        long first = FirstGroup(block.Node), end = EndGroup(block.Node);
        var isFull = true;
        for (var group = marked.Next(first, end, isSet: true); group < end;)
        {
            var stop = marked.Next(group, end, isSet: false);
            isFull &= group == first && stop == end;
            var offset = group * TreeGeometry.GroupSize;
            var length = Math.Min(size, stop * TreeGeometry.GroupSize) - offset;
            Read(data, block.Content.Slice((int)(offset - TreeGeometry.OffsetOf(block.Node)), (int)length), offset);
            group = marked.Next(stop, end, isSet: true);
        }

        // A whole block needs no parent below its own value.
        if (isFull && Subtree.ChainingValue(block.Content, block.Node.FirstChunk, IsRoot(block.Node)) == expected)
        {
            Prove(first, end);
            return;
        }

        Read(outboard, block.Parents[..(int)((end - first - 1) * TreeGeometry.ParentSize)], ParentSlots.OffsetOf(first));
        Descend(block, block.Node, expected);
    }

    private void Descend(in Block block, TreeNode node, in Hash expected)
    {
        if (!HasMarks(node))
            return;
        if (node.Level <= TreeGeometry.GroupLevel)
        {
            var content = block.Content.Slice((int)(TreeGeometry.OffsetOf(node) - TreeGeometry.OffsetOf(block.Node)), (int)_geometry.LengthOf(node));
            if (Subtree.ChainingValue(content, node.FirstChunk, IsRoot(node)) == expected)
                Prove(FirstGroup(node), FirstGroup(node) + 1);
            return;
        }

        var slot = (int)(ParentSlots.Of(node) - FirstGroup(block.Node));
        if (TryOpen(block.Parents.Slice(slot * TreeGeometry.ParentSize, TreeGeometry.ParentSize), node, expected, out var left, out var right))
        {
            Descend(block, node.Left, left);
            Descend(block, _geometry.Canonical(node.Right), right);
        }
    }

    private bool TryOpen(ReadOnlySpan<byte> parent, TreeNode node, in Hash expected, out Hash left, out Hash right)
    {
        left = new Hash(parent[..Hash.Length]);
        right = new Hash(parent[Hash.Length..]);
        return Subtree.Parent(left, right, IsRoot(node)) == expected;
    }

    private void Prove(long first, long end)
    {
        lock (_gate)
        {
            for (var group = first; group < end; group++)
                _proved.Set(group);
        }
    }

    /// <summary>Reads what is there. What is missing stays as it is in the buffer and fails the test.</summary>
    private static void Read(SafeFileHandle file, Span<byte> into, long offset)
    {
        for (var count = -1; count != 0 && !into.IsEmpty; into = into[count..], offset += count)
            count = RandomAccess.Read(file, into, offset);
    }

    private readonly ref struct Block(TreeNode node, Span<byte> content, Span<byte> parents)
    {
        public readonly TreeNode Node = node;
        public readonly Span<byte> Content = content;
        public readonly Span<byte> Parents = parents;
    }
}
