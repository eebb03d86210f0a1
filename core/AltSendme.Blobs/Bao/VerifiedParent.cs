namespace AltSendme.Blobs.Bao;

/// <summary>A parent whose two children's chaining values were checked against the root.</summary>
/// <param name="Node">Which parent.</param>
/// <param name="Left">Chaining value of the left child.</param>
/// <param name="Right">Chaining value of the right child.</param>
public readonly record struct VerifiedParent(TreeNode Node, Hash Left, Hash Right);
