using AltSendme.Blobs;
using AltSendme.Blobs.Bao;
using AltSendme.Blobs.Stores;

namespace AltSendme.Core.Receiving;

/// <summary>Passes a file's content on to a stream in order, each byte after it was verified. Remembers where it stands, so that a lost connection can be taken up again.</summary>
internal sealed class StreamSink(Stream output, Hash hash, long size) : IBlobSink
{
    private long _position;
    private bool _ended;

    /// <summary>Bytes passed on. May be read from any thread.</summary>
    public long Position => Interlocked.Read(ref _position);

    /// <summary>What is still to be asked for.</summary>
    public ChunkRanges Missing => Position == size && (size > 0 || _ended) ? ChunkRanges.Empty : ChunkRanges.From((ulong)Position / 1024);

    public ValueTask BeginAsync(long statedSize, CancellationToken cancellationToken) =>
        statedSize == size ? ValueTask.CompletedTask : throw new BlobVerificationException(hash, 0, $"The sender stated {size} bytes before and states {statedSize} now. It is faulty or dishonest.");

    public async ValueTask WriteAsync(VerifiedBatch batch, CancellationToken cancellationToken)
    {
        foreach (var leaf in batch.Leaves)
        {
            // After a reconnection the first chunk may begin before what was passed on already.
            var known = (int)Math.Clamp(Position - leaf.Offset, 0, leaf.Content.Length);
            await output.WriteAsync(leaf.Content[known..], cancellationToken);
            Interlocked.Add(ref _position, leaf.Content.Length - known);
        }
    }

    public async ValueTask EndAsync(CancellationToken cancellationToken)
    {
        _ended = true;
        await output.FlushAsync(cancellationToken);
    }
}
