using AltSendme.Blobs.Bao;

namespace AltSendme.Blobs.Stores;

/// <summary>A blob that can be served: where its bytes are, and the tree to check them against. Any number of readers at once.</summary>
public interface IBlob
{
    /// <summary>The blob's hash.</summary>
    Hash Hash { get; }

    /// <summary>What to call the blob in an error: its file's path, or what it was made from.</summary>
    string Name { get; }

    /// <summary>Bytes.</summary>
    long Size { get; }

    /// <summary>Chaining values of the blob's blocks; <see langword="null"/> when the blob has a single block, whose value is <see cref="Hash"/> itself.</summary>
    Outboard? Outboard { get; }

    /// <summary>Fills all of <paramref name="segments"/>, one after the other, with the bytes from <paramref name="offset"/> on.</summary>
    /// <exception cref="BlobUnavailableException">The content can't be read any more, ends early or has changed since it was hashed; the message names the file.</exception>
    ValueTask ReadAsync(long offset, IReadOnlyList<Memory<byte>> segments, CancellationToken cancellationToken);
}
