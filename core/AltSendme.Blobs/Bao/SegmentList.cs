using System.Collections;

namespace AltSendme.Blobs.Bao;

/// <summary>Where the bytes of one read go. Used again for each read, so that reading a block allocates nothing.</summary>
internal sealed class SegmentList : IReadOnlyList<Memory<byte>>
{
    private readonly Memory<byte>[] _segments = new Memory<byte>[Outboard.BlockSize / TreeGeometry.GroupSize];

    public int Count { get; private set; }

    public Memory<byte> this[int index] => index < Count ? _segments[index] : throw new ArgumentOutOfRangeException(nameof(index));

    public void Clear()
    {
        _segments.AsSpan(0, Count).Clear();
        Count = 0;
    }

    public void Add(Memory<byte> segment) => _segments[Count++] = segment;

    public IEnumerator<Memory<byte>> GetEnumerator()
    {
        for (var i = 0; i < Count; i++)
            yield return _segments[i];
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
