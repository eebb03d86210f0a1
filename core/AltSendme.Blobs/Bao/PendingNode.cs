namespace AltSendme.Blobs.Bao;

/// <summary>A node that is still to come, with the value that its verified parent (or the blob's hash) demands of it.</summary>
internal readonly record struct PendingNode(TreeNode Node, Hash Value);
