namespace AltSendme.Blobs.Bao;

/// <summary>What arrived and was checked since the last batch; offsets ascend. The lists are reused: valid until the call that received them returns.</summary>
/// <param name="Parents">Parents above the groups, in pre-order.</param>
/// <param name="Leaves">Content in ascending order.</param>
public readonly record struct VerifiedBatch(IReadOnlyList<VerifiedParent> Parents, IReadOnlyList<VerifiedLeaf> Leaves);
