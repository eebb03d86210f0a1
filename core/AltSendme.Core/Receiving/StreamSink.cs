using AltSendme.Blobs;
using AltSendme.Blobs.Bao;
using AltSendme.Blobs.Stores;

namespace AltSendme.Core.Receiving;

/// <summary>Passes a file's content on to a stream in order, each byte after it was verified. Remembers where it stands, so that a lost connection can be taken up again.</summary>
/// <param name="output">Where it goes.</param>
/// <param name="hash">The file's hash.</param>
/// <param name="size">Its proved size.</param>
/// <param name="cancellationToken">Ends a write that blocks. That of one of several tries does not: half a write could not be told from none.</param>
internal sealed class StreamSink(Stream output, Hash hash, long size, CancellationToken cancellationToken) : IBlobSink, IDisposable
{
    // Two tries may deliver at once; each goes on from wherever the output stands.
    private readonly SemaphoreSlim _turn = new(1, 1);
    private long _position;
    private bool _ended;

    /// <summary>Bytes passed on. May be read from any thread.</summary>
    public long Position => Interlocked.Read(ref _position);

    /// <summary>What is still to be asked for.</summary>
    public ChunkRanges Missing => Position == size && (size > 0 || _ended) ? ChunkRanges.Empty : ChunkRanges.From((ulong)Position / 1024);

    public ValueTask BeginAsync(long statedSize, CancellationToken attempt) =>
        statedSize == size ? ValueTask.CompletedTask : throw new BlobVerificationException(hash, 0, $"The sender stated {size} bytes before and states {statedSize} now. It is faulty or dishonest.");

    public async ValueTask WriteAsync(VerifiedBatch batch, CancellationToken attempt)
    {
        await _turn.WaitAsync(attempt);
        try
        {
            foreach (var leaf in batch.Leaves)
            {
                // After a reconnection the first chunk may begin before what was passed on already.
                var known = (int)Math.Clamp(Position - leaf.Offset, 0, leaf.Content.Length);
                await output.WriteAsync(leaf.Content[known..], cancellationToken);
                Interlocked.Add(ref _position, leaf.Content.Length - known);
            }
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose() => _turn.Dispose();

    public async ValueTask EndAsync(CancellationToken attempt)
    {
        _ended = true;
        await output.FlushAsync(cancellationToken);
    }
}
