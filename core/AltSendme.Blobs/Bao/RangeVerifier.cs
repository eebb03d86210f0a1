using System.Buffers;
using System.Buffers.Binary;
using System.IO.Pipelines;
using AltSendme.Blobs.Blake3;
using AltSendme.Blobs.Stores;

namespace AltSendme.Blobs.Bao;

/// <summary>
/// Reads blobs from an answer and hands on what it has checked, group by group. A node is accepted only if it has the value that its verified parent demands, so nothing that a provider sends
/// is believed, stored or sized by before it is proved. Memory is bounded by the batch, whatever the blob's size. One answer, one thread at a time; dispose when the answer has been read.
/// </summary>
internal sealed class RangeVerifier(PipeReader input) : IDisposable
{
    private readonly VerifierBatch _batch = new();

    /// <summary>Reads the next blob of the answer.</summary>
    /// <param name="hash">What it must be.</param>
    /// <param name="ranges">What was asked of it; not empty.</param>
    /// <param name="sink">Takes the verified content.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="BlobTransferException">The answer ends early or is not this blob; everything verified before has reached <paramref name="sink"/>.</exception>
    public async ValueTask<VerifiedCounts> ReadAsync(Hash hash, ChunkRanges ranges, IBlobSink sink, CancellationToken cancellationToken)
    {
        var size = await ReadSizeAsync(hash, cancellationToken);
        await sink.BeginAsync(size, cancellationToken);
        if (size == 0)
            return await EndEmptyAsync(hash, sink, cancellationToken);
        var walk = new VerifierWalk(hash, new TreeGeometry(size), ranges.IsAll ? ranges : ranges.ForSize(size), _batch);
        while (!walk.IsDone)
        {
            var wanted = walk.WantedBytes;
            var result = await ReadAtLeastAsync(wanted, cancellationToken);
            var buffer = result.Buffer;
            var isShort = buffer.Length < wanted;
            var fault = walk.Take(ref buffer);
            if (!_batch.IsEmpty)
            {
                await sink.WriteAsync(_batch.Verified, cancellationToken);
                _batch.Clear();
            }

            input.AdvanceTo(buffer.Start);
            if (fault is not null)
                throw fault;
            if (isShort && !walk.IsDone)
                throw new BlobStreamEndedException(hash, walk.NextOffset);
        }

        await sink.EndAsync(cancellationToken);
        return new VerifiedCounts(size, walk.ContentBytes, walk.ParentBytes + sizeof(ulong));
    }

    /// <inheritdoc/>
    public void Dispose() => _batch.Dispose();

    /// <summary>An empty blob has nothing to wait for: its hash alone tells whether it is one.</summary>
    private static async ValueTask<VerifiedCounts> EndEmptyAsync(Hash hash, IBlobSink sink, CancellationToken cancellationToken)
    {
        if (Subtree.ChainingValue([], 0, isRoot: true) != hash)
            throw new BlobVerificationException(hash, 0, $"The sender states that {hash.ToShortString()} is empty, which it is not.");
        await sink.EndAsync(cancellationToken);
        return new VerifiedCounts(0, 0, sizeof(ulong));
    }

    private async ValueTask<long> ReadSizeAsync(Hash hash, CancellationToken cancellationToken)
    {
        var result = await ReadAtLeastAsync(sizeof(ulong), cancellationToken);
        if (result.Buffer.Length < sizeof(ulong))
        {
            input.AdvanceTo(result.Buffer.Start);
            throw result.Buffer.IsEmpty ? new BlobNotFoundException(hash) : new BlobStreamEndedException(hash, 0);
        }

        var size = SizeOf(result.Buffer);
        input.AdvanceTo(result.Buffer.GetPosition(sizeof(ulong)));
        return size <= (ulong)TreeGeometry.MaxSize
            ? (long)size
            : throw new BlobVerificationException(hash, 0, $"The sender states an impossible size of {size} bytes for {hash.ToShortString()}.");
    }

    private async ValueTask<ReadResult> ReadAtLeastAsync(int bytes, CancellationToken cancellationToken)
    {
        var result = await input.ReadAtLeastAsync(bytes, cancellationToken);
        return result.IsCanceled ? throw new OperationCanceledException(cancellationToken) : result;
    }

    private static ulong SizeOf(in ReadOnlySequence<byte> buffer)
    {
        Span<byte> bytes = stackalloc byte[sizeof(ulong)];
        buffer.Slice(0, sizeof(ulong)).CopyTo(bytes);
        return BinaryPrimitives.ReadUInt64LittleEndian(bytes);
    }
}
