using AltSendme.Blobs.Bao;

namespace AltSendme.Blobs.Stores.Partial;

/// <summary>A file of a partial store: what of it is there, and the way in for the rest.</summary>
public abstract class PartialFile
{
    private protected PartialFile(string relativePath, in Hash hash, long size)
    {
        RelativePath = relativePath;
        Hash = hash;
        Size = size;
    }

    /// <summary>The file's hash.</summary>
    public Hash Hash { get; }

    /// <summary>Bytes of the whole file.</summary>
    public long Size { get; }

    /// <summary>Its name below <see cref="PartialStore.StagingDirectory"/>, with <c>/</c> between folders.</summary>
    public string RelativePath { get; }

    /// <summary>What is to be asked for: whole groups; <see cref="ChunkRanges.Empty"/> when the file is complete.</summary>
    public abstract ChunkRanges Missing { get; }

    /// <summary>Bytes that are on disk and were checked in this run.</summary>
    public abstract long VerifiedBytes { get; }

    /// <summary>Whether the file is whole. It is closed once its sink has been told of the end.</summary>
    public bool IsComplete => VerifiedBytes == Size && IsOnDisk;

    private protected virtual bool IsOnDisk => true;

    /// <summary>The way in for one answer. The sink refuses an answer that states another size than <see cref="Size"/>, and keeps only whole groups.</summary>
    /// <param name="onVerifiedBytes">Called with the number of bytes that have just become safe: written, and marked as there.</param>
    public abstract IBlobSink CreateSink(Action<long>? onVerifiedBytes);

    private protected void CheckSize(long statedSize)
    {
        if (statedSize != Size)
            throw new BlobVerificationException(Hash, 0, $"The sender states {statedSize} bytes for {RelativePath}, which has {Size}. It is faulty or dishonest.");
    }
}
