using System.Buffers;
using System.Collections.Concurrent;
using System.IO.Pipelines;
using AltSendme.Blobs.Bao;
using AltSendme.Blobs.Blake3;
using AltSendme.Blobs.Stores;

namespace AltSendme.Blobs.Tests.Bao;

[Collection(nameof(MemoryBoundTests))]
[CollectionDefinition(nameof(MemoryBoundTests), DisableParallelization = true)]
public sealed class MemoryBoundTests
{
    private const int MiB = 1 << 20;

#if DEBUG
    /// <summary>Unoptimised, the hash kernels allocate as much; a copy of the content would still be noticed.</summary>
    private const int AllocatedPerMiB = 512 * 1024;
#else
    private const int AllocatedPerMiB = 16 * 1024;
#endif

    [Fact]
    public async Task A_large_blob_passes_through_a_small_pipe_without_memory_that_grows_with_it()
    {
        var blob = new ZeroBlob(24L * MiB + 5);
        using var pool = new CountingPool();
        await PassAsync(new ZeroBlob(3L * MiB), pool);

        var before = GC.GetTotalAllocatedBytes(precise: true) - pool.Owned;
        var received = await PassAsync(blob, pool);
        var allocated = GC.GetTotalAllocatedBytes(precise: true) - pool.Owned - before;

        Assert.Equal(blob.Size, received);
        Assert.InRange(pool.Peak, MiB, 4 * MiB);
        Assert.Equal(0, pool.Lent);
        Assert.InRange(allocated / 24, 0, AllocatedPerMiB);
    }

    private static async Task<long> PassAsync(ZeroBlob blob, CountingPool pool)
    {
        var pipe = new Pipe(new PipeOptions(pool, pauseWriterThreshold: MiB, resumeWriterThreshold: MiB / 2, useSynchronizationContext: false));
        var sink = new CountingSink();
        var sending = Task.Run(async () =>
        {
            await new RangeEncoder(pipe.Writer, null).WriteAsync(blob, ChunkRanges.All, default);
            await pipe.Writer.CompleteAsync();
        });
        using var verifier = new RangeVerifier(pipe.Reader);
        await verifier.ReadAsync(blob.Hash, ChunkRanges.All, sink, default);
        await sending;
        await pipe.Reader.CompleteAsync();
        return sink.Received;
    }

    /// <summary>Knows how much is lent at once, and lends the same arrays again whoever returned them.</summary>
    private sealed class CountingPool : MemoryPool<byte>
    {
        private readonly ConcurrentDictionary<int, ConcurrentBag<byte[]>> _free = [];
        private int _lent;
        private long _owned;

        public int Lent => _lent;

        public long Owned => _owned;

        public int Peak { get; private set; }

        public override int MaxBufferSize => int.MaxValue;

        public override IMemoryOwner<byte> Rent(int minBufferSize = -1)
        {
            var size = Math.Max(4096, minBufferSize);
            Peak = Math.Max(Peak, Interlocked.Add(ref _lent, size));
            var bag = _free.GetOrAdd(size, _ => []);
            if (!bag.TryTake(out var array))
                Interlocked.Add(ref _owned, (array = new byte[size]).Length);
            return new Loan(this, bag, array);
        }

        protected override void Dispose(bool disposing)
        {
        }

        private sealed class Loan(CountingPool pool, ConcurrentBag<byte[]> bag, byte[] array) : IMemoryOwner<byte>
        {
            public Memory<byte> Memory => array;

            public void Dispose()
            {
                Interlocked.Add(ref pool._lent, -array.Length);
                bag.Add(array);
            }
        }
    }

    private sealed class CountingSink : IBlobSink
    {
        public long Received { get; private set; }

        public ValueTask BeginAsync(long statedSize, CancellationToken cancellationToken) => ValueTask.CompletedTask;

        public ValueTask WriteAsync(VerifiedBatch batch, CancellationToken cancellationToken)
        {
            for (var i = 0; i < batch.Leaves.Count; i++)
                Received += batch.Leaves[i].Content.Length;
            return ValueTask.CompletedTask;
        }

        public ValueTask EndAsync(CancellationToken cancellationToken) => ValueTask.CompletedTask;
    }

    /// <summary>Zeros that exist only while they are read.</summary>
    private sealed class ZeroBlob : IBlob
    {
        public ZeroBlob(long size)
        {
            Size = size;
            var block = new byte[Outboard.BlockSize];
            var values = new Hash[Outboard.BlockCountOf(size)];
            for (var i = 0; i < values.Length; i++)
                values[i] = Subtree.ChainingValue(block.AsSpan(0, (int)Math.Min(block.Length, size - (long)i * block.Length)), (ulong)i << Outboard.BlockLevel, isRoot: false);
            Hash = RootOf(values);
            Outboard = Outboard.FromBlocks(Hash, size, values);
        }

        public Hash Hash { get; }

        public string Name => "zeros";

        public long Size { get; }

        public Outboard? Outboard { get; }

        public ValueTask ReadAsync(long offset, IReadOnlyList<Memory<byte>> segments, CancellationToken cancellationToken)
        {
            for (var i = 0; i < segments.Count; i++)
                segments[i].Span.Clear();
            return ValueTask.CompletedTask;
        }

        private static Hash RootOf(ReadOnlySpan<Hash> values, bool isRoot = true)
        {
            if (values.Length == 1)
                return values[0];
            var half = (int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)values.Length) / 2;
            return Subtree.Parent(RootOf(values[..half], isRoot: false), RootOf(values[half..], isRoot: false), isRoot);
        }
    }
}
