using AltSendme.Blobs.Bao;

namespace AltSendme.Blobs.Stores;

/// <summary>A file and what was found when it was hashed.</summary>
/// <param name="Path">Where it is.</param>
/// <param name="Root">Its hash.</param>
/// <param name="Outboard">Chaining values of its blocks; <see langword="null"/> when it has a single block.</param>
/// <param name="Identity">The state that was hashed.</param>
public sealed record HashedFile(string Path, Hash Root, Outboard? Outboard, FileIdentity Identity)
{
    /// <summary>Bytes.</summary>
    public long Size => Identity.Size;
}
