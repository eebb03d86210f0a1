using AltSendme.Blobs.Bao;

namespace AltSendme.Blobs.Stores.Partial;

/// <summary>
/// Where parents lie in an outboard file. Each parent above the groups divides the blob between two groups, and no other parent divides it there; so the number of the group on the left is its slot.
/// The file is dense, has one slot fewer than there are groups, and all parents of one block lie side by side.
/// </summary>
internal static class ParentSlots
{
    /// <summary>The slot of a parent in its canonical form.</summary>
    public static long Of(TreeNode parent) => (long)(parent.Right.FirstChunk >> TreeGeometry.GroupLevel) - 1;

    public static long OffsetOf(long slot) => slot * TreeGeometry.ParentSize;
}
