using AltSendme.Quic.Paths;

namespace AltSendme.Quic.Driver;

/// <summary>Received datagrams, in memory that is allocated once. A slot holds one datagram, or several of equal size that the kernel put together.</summary>
public sealed class DatagramBatch
{
    /// <summary>Bytes of a slot: the most that the kernel puts together.</summary>
    public const int SlotSize = 1 << 16;

    private readonly byte[] _memory;
    private readonly Arrival[] _arrivals;

    /// <summary>Allocates <paramref name="capacity"/> slots, pinned.</summary>
    public DatagramBatch(int capacity)
    {
        _memory = GC.AllocateUninitializedArray<byte>(capacity * SlotSize, pinned: true);
        _arrivals = new Arrival[capacity];
    }

    /// <summary>How many slots there are.</summary>
    public int Capacity => _arrivals.Length;

    /// <summary>How many slots are filled.</summary>
    public int Count { get; private set; }

    /// <summary>A filled slot's description.</summary>
    public ref readonly Arrival this[int index] => ref _arrivals[index];

    /// <summary>All bytes of a slot.</summary>
    public Memory<byte> Slot(int index) => _memory.AsMemory(index * SlotSize, SlotSize);

    /// <summary>The bytes that a filled slot holds.</summary>
    public Span<byte> Bytes(int index) => _memory.AsSpan(index * SlotSize, _arrivals[index].Length);

    /// <summary>Empties the batch.</summary>
    public void Clear() => Count = 0;

    /// <summary>Takes a slot's content away: it was for somebody else.</summary>
    public void Drop(int index) => _arrivals[index] = _arrivals[index] with { Length = 0 };

    /// <summary>Says what was put into the next slot.</summary>
    public void Add(in Arrival arrival) => _arrivals[Count++] = arrival;

    /// <summary>What a slot holds.</summary>
    /// <param name="Length">Bytes in all.</param>
    /// <param name="SegmentSize">Bytes of each datagram; the last may be shorter.</param>
    /// <param name="Path">Where they come from, and where they arrived.</param>
    /// <param name="Ecn">Their mark.</param>
    public readonly record struct Arrival(int Length, int SegmentSize, NetworkPath Path, Ecn Ecn);
}
