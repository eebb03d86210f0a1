using System.Buffers;
using System.Collections.Concurrent;

namespace AltSendme.Quic.Driver;

/// <summary>
/// Memory for the pipes of an endpoint's streams. One thread rents what another returns, which the shared pool is not made for: it drops what comes back on a foreign core and allocates anew. Keeps a bounded number of segments.
/// </summary>
internal sealed class SegmentPool : MemoryPool<byte>
{
    /// <summary>Bytes of a segment.</summary>
    public const int SegmentSize = 16 << 10;

    private const int MaxKept = 1024;

    private readonly ConcurrentQueue<Segment> _kept = new();
    private int _keptCount;

    /// <inheritdoc />
    public override int MaxBufferSize => Array.MaxLength;

    /// <inheritdoc />
    public override IMemoryOwner<byte> Rent(int minBufferSize = -1)
    {
        if (minBufferSize > SegmentSize)
            return Shared.Rent(minBufferSize);
        if (!_kept.TryDequeue(out var segment))
            return new Segment(this);
        Interlocked.Decrement(ref _keptCount);
        return segment;
    }

    /// <inheritdoc />
    protected override void Dispose(bool disposing) => _kept.Clear();

    private void Return(Segment segment)
    {
        if (Interlocked.Increment(ref _keptCount) <= MaxKept)
            _kept.Enqueue(segment);
        else
            Interlocked.Decrement(ref _keptCount);
    }

    private sealed class Segment(SegmentPool pool) : IMemoryOwner<byte>
    {
        private readonly byte[] _bytes = GC.AllocateUninitializedArray<byte>(SegmentSize);

        public Memory<byte> Memory => _bytes;

        public void Dispose() => pool.Return(this);
    }
}
