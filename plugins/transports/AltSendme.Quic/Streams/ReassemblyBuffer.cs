namespace AltSendme.Quic.Streams;

/// <summary>
/// Puts the pieces of a byte stream back into order (RFC 9000, section 2.2). Memory is bounded by whoever checks the offsets before <see cref="Insert"/>, bookkeeping by <see cref="MaxGaps"/>.
/// </summary>
internal sealed class ReassemblyBuffer : IDisposable
{
    /// <summary>Gaps that a peer may leave open: a window of 32 MiB with every other packet lost stays below; one-byte pieces to exhaust us do not.</summary>
    public const int MaxGaps = 8192;

    private readonly OffsetRing _ring = new();
    private readonly RangeSet _ahead = new();

    /// <summary>Offset of the next byte to read.</summary>
    public ulong ReadOffset => _ring.Base;

    /// <summary>Offset after the last byte that can be read without a gap.</summary>
    public ulong ReadableEnd { get; private set; }

    /// <summary>Bytes of memory held.</summary>
    public int Capacity => _ring.Capacity;

    /// <summary>Stores a piece; false when there are too many gaps.</summary>
    public bool Insert(ulong offset, ReadOnlySpan<byte> bytes)
    {
        var end = offset + (ulong)bytes.Length;
        if (end <= ReadableEnd)
            return true;
        if (offset < ReadableEnd)
        {
            bytes = bytes[(int)(ReadableEnd - offset)..];
            offset = ReadableEnd;
        }

        _ring.Reserve(end);
        _ring.Write(offset, bytes);
        if (offset > ReadableEnd)
        {
            _ahead.Add(offset, end);
            return _ahead.Count <= MaxGaps;
        }

        ReadableEnd = end;
        while (_ahead.Count > 0 && _ahead[0].Start <= ReadableEnd)
            ReadableEnd = Math.Max(ReadableEnd, _ahead.TakeFirst(ulong.MaxValue).End);
        return true;
    }

    /// <summary>Copies what is in order, lets it go and returns its length.</summary>
    public int Read(Span<byte> destination)
    {
        var length = (int)Math.Min((ulong)destination.Length, ReadableEnd - ReadOffset);
        _ring.Read(ReadOffset, destination[..length]);
        _ring.AdvanceTo(ReadOffset + (ulong)length);
        return length;
    }

    /// <summary>What is in order and lies next to each other in memory; valid until the next call on this object.</summary>
    public ReadOnlySpan<byte> Peek() => ReadableEnd == ReadOffset ? [] : _ring.Run(ReadOffset, (int)(ReadableEnd - ReadOffset));

    /// <summary>Lets <paramref name="count"/> bytes go that were peeked.</summary>
    public void Skip(int count) => _ring.AdvanceTo(ReadOffset + (ulong)count);

    /// <summary>Returns the memory.</summary>
    public void Dispose()
    {
        _ahead.Clear();
        _ring.AdvanceTo(ReadableEnd);
        _ring.Dispose();
    }
}
