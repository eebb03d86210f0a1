using System.Buffers;

namespace AltSendme.Transports.Tls.Connections;

/// <summary>
/// Memory for the pipes of all streams: blocks of one size, rented on one thread and returned on another. The shared array pool keeps too few of them for that
/// pattern (measured: 100 MB of garbage a GiB); this one keeps <see cref="MaxKept"/> and leaves the rest to the garbage collector. Thread-safe.
/// </summary>
internal sealed class BlockPool : MemoryPool<byte>
{
    /// <summary>Bytes of a block: the payload of the largest data frame.</summary>
    public const int BlockLength = Wire.MuxLimits.MaxDataLength;

    /// <summary>Blocks kept for the next who needs one: as many bytes as windows grow by.</summary>
    public const int MaxKept = Wire.MuxLimits.WindowGrowthBudget / BlockLength;

    /// <summary>The pool of the process.</summary>
    public static readonly BlockPool Instance = new();

    private readonly Lock _gate = new();   // guards the two below
    private readonly Block[] _kept = new Block[MaxKept];
    private int _count;

    /// <inheritdoc/>
    public override int MaxBufferSize => BlockLength;

    /// <inheritdoc/>
    public override IMemoryOwner<byte> Rent(int minBufferSize = -1)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(minBufferSize, BlockLength);
        Block? block = null;
        lock (_gate)
        {
            if (_count > 0)
                block = _kept[--_count];
        }

        block ??= new Block(this);
        block.OnRented();
        return block;
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        // The pool of the process lives as long as the process.
    }

    private void Return(Block block)
    {
        lock (_gate)
        {
            if (_count < MaxKept)
                _kept[_count++] = block;
        }
    }

    private sealed class Block(BlockPool pool) : IMemoryOwner<byte>
    {
        private readonly byte[] _bytes = GC.AllocateUninitializedArray<byte>(BlockLength);
        private int _isRented;

        public Memory<byte> Memory => _bytes;

        public void OnRented() => Volatile.Write(ref _isRented, 1);

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _isRented, 0) != 0)   // a second return would give one block to two streams
                pool.Return(this);
        }
    }
}
