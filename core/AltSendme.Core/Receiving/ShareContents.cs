using AltSendme.Blobs;

namespace AltSendme.Core.Receiving;

/// <summary>What a share holds, as its root proves it.</summary>
/// <param name="Files">Its files, in the share's order.</param>
internal sealed record ShareContents(IReadOnlyList<ContentFile> Files)
{
    /// <summary>Total size of the files.</summary>
    public long Bytes { get; } = Files.Sum(static file => file.Size);
}

/// <summary>A file of a share.</summary>
/// <param name="Index">Number of its blob in a request: 0 for the root blob, from 1 on the children of the hash sequence.</param>
/// <param name="Path">Where it will be, relative to the destination and safe.</param>
/// <param name="Hash">Its content's hash.</param>
/// <param name="Size">Its size, proved by its last chunk.</param>
internal sealed record ContentFile(long Index, string Path, Hash Hash, long Size);
