using System.Buffers;
using System.Numerics;

namespace AltSendme.Quic.Streams;

/// <summary>
/// A window over a byte stream, addressed by stream offset: a ring in pooled memory that grows to the span it must hold and never shrinks while in use. Which bytes are valid is known to its owner.
/// </summary>
internal sealed class OffsetRing : IDisposable
{
    private const int SmallestCapacity = 512;

    private byte[] _buffer = [];
    private int _capacity;

    /// <summary>Lowest offset that is kept.</summary>
    public ulong Base { get; private set; }

    /// <summary>Bytes of memory held.</summary>
    public int Capacity => _capacity;

    /// <summary>Makes room for everything from <see cref="Base"/> to <paramref name="end"/>. The caller has checked the span against a limit.</summary>
    public void Reserve(ulong end)
    {
        var needed = end - Base;
        if (needed > (ulong)_capacity)
            Grow((int)BitOperations.RoundUpToPowerOf2(Math.Max((uint)needed, SmallestCapacity)));
    }

    /// <summary>Stores bytes inside the reserved span.</summary>
    public void Write(ulong offset, ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            var run = Run(offset, bytes.Length);
            bytes[..run.Length].CopyTo(run);
            bytes = bytes[run.Length..];
            offset += (ulong)run.Length;
        }
    }

    /// <summary>Copies bytes out.</summary>
    public void Read(ulong offset, Span<byte> destination)
    {
        while (!destination.IsEmpty)
        {
            var run = Run(offset, destination.Length);
            run.CopyTo(destination);
            destination = destination[run.Length..];
            offset += (ulong)run.Length;
        }
    }

    /// <summary>The bytes from <paramref name="offset"/> that lie next to each other, at most <paramref name="length"/>.</summary>
    public Span<byte> Run(ulong offset, int length)
    {
        var index = (int)(offset & (ulong)(_capacity - 1));
        return _buffer.AsSpan(index, Math.Min(length, _capacity - index));
    }

    /// <summary>Lets everything below <paramref name="offset"/> go.</summary>
    public void AdvanceTo(ulong offset) => Base = offset;

    /// <summary>Returns the memory to the pool; the ring can be used again.</summary>
    public void Dispose()
    {
        if (_capacity > 0)
            ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = [];
        _capacity = 0;
    }

    private void Grow(int capacity)
    {
        var old = _buffer;
        var oldCapacity = _capacity;
        var grown = ArrayPool<byte>.Shared.Rent(capacity);
        for (var (offset, left) = (Base, oldCapacity); left > 0;)
        {
            var from = (int)(offset & (ulong)(oldCapacity - 1));
            var to = (int)(offset & (ulong)(capacity - 1));
            var run = Math.Min(left, Math.Min(oldCapacity - from, capacity - to));
            old.AsSpan(from, run).CopyTo(grown.AsSpan(to));
            offset += (ulong)run;
            left -= run;
        }

        _buffer = grown;
        _capacity = capacity;
        if (oldCapacity > 0)
            ArrayPool<byte>.Shared.Return(old);
    }
}
