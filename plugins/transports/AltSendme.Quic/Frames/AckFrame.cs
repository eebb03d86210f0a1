using AltSendme.Primitives.Encoding;
using AltSendme.Quic.Packets;

namespace AltSendme.Quic.Frames;

/// <summary>ACK (RFC 9000, section 19.3). Ranges are checked when the frame is read and decoded lazily, never copied.</summary>
internal readonly ref struct AckFrame
{
    private static readonly TransportError Truncated = TransportError.FrameEncoding("ACK is truncated");
    private static readonly TransportError BelowZero = TransportError.FrameEncoding("ACK range reaches below packet 0");

    /// <summary>Largest packet number acknowledged.</summary>
    public required ulong Largest { get; init; }

    /// <summary>The field as sent, before the exponent is applied.</summary>
    public required ulong EncodedDelay { get; init; }

    /// <summary>Packets below the largest in the first range.</summary>
    public required ulong FirstRange { get; init; }

    /// <summary>The gap and length pairs, still encoded.</summary>
    public required ReadOnlySpan<byte> EncodedRanges { get; init; }

    /// <summary>ECN counts, when the frame has them.</summary>
    public required EcnCounts? Ecn { get; init; }

    /// <summary>Reads a frame whose type was read.</summary>
    public static bool TryRead(ref SpanReader reader, bool hasEcn, out AckFrame frame, out TransportError error)
    {
        frame = default;
        error = Truncated;
        if (!reader.TryReadVarInt(out var largest) || !reader.TryReadVarInt(out var delay)
            || !reader.TryReadVarInt(out var count) || !reader.TryReadVarInt(out var first))
            return false;

        var ranges = reader.Remaining;
        var valid = first <= largest;
        for (var smallest = largest - first; valid && count > 0; count--)
        {
            if (!reader.TryReadVarInt(out var gap) || !reader.TryReadVarInt(out var length))
                return false;
            valid = smallest >= gap + 2 && smallest - gap - 2 >= length;
            smallest -= gap + 2 + length;
        }

        if (!valid)
        {
            error = BelowZero;
            return false;
        }

        ranges = ranges[..^reader.Remaining.Length];
        EcnCounts? ecn = null;
        if (hasEcn)
        {
            if (!reader.TryReadVarInt(out var ect0) || !reader.TryReadVarInt(out var ect1) || !reader.TryReadVarInt(out var ce))
                return false;
            ecn = new EcnCounts(ect0, ect1, ce);
        }

        error = default;
        frame = new AckFrame { Largest = largest, EncodedDelay = delay, FirstRange = first, EncodedRanges = ranges, Ecn = ecn };
        return true;
    }

    /// <summary>Walks the ranges, highest first.</summary>
    public RangeEnumerator GetEnumerator() => new(this);

    /// <summary>Writes as many of the highest ranges as fit into the writer's room and the limit; false when not even one does.</summary>
    public static bool TryWrite(ref PacketWriter writer, scoped ReadOnlySpan<NumberRange> ranges, ulong encodedDelay, EcnCounts? ecn, int maxRanges)
    {
        var highest = ranges[^1];
        var largest = highest.End - 1;
        var tail = ecn is { } counts ? counts.EncodedLength : 0;
        var length = 1 + QuicVarInt.Length(largest) + QuicVarInt.Length(encodedDelay) + 2 + QuicVarInt.Length(highest.Length - 1) + tail;
        if (length > writer.Room)
            return false;

        var count = 0;
        for (var i = ranges.Length - 2; i >= 0 && count < maxRanges - 1; i--, count++)
        {
            length += QuicVarInt.Length(Gap(ranges, i)) + QuicVarInt.Length(ranges[i].Length - 1);
            if (length > writer.Room)
                break;
        }

        writer.WriteByte((byte)(ecn is null ? FrameType.Ack : FrameType.AckEcn));
        writer.WriteVarInt(largest);
        writer.WriteVarInt(encodedDelay);
        writer.WriteVarInt2(count);
        writer.WriteVarInt(highest.Length - 1);
        for (var i = ranges.Length - 2; i > ranges.Length - 2 - count; i--)
        {
            writer.WriteVarInt(Gap(ranges, i));
            writer.WriteVarInt(ranges[i].Length - 1);
        }

        ecn?.Write(ref writer);
        return true;
    }

    // Unacknowledged packets between range i and the one above it, less one.
    private static ulong Gap(scoped ReadOnlySpan<NumberRange> ranges, int i) => ranges[i + 1].Start - ranges[i].End - 1;

    /// <summary>Decodes ranges that <see cref="TryRead"/> has checked.</summary>
    internal ref struct RangeEnumerator(AckFrame frame)
    {
        private SpanReader _rest = new(frame.EncodedRanges);
        private ulong _nextEnd = frame.Largest + 1;
        private ulong _nextStart = frame.Largest - frame.FirstRange;
        private bool _isPending = true;

        /// <summary>The range that the last call of <see cref="MoveNext"/> found.</summary>
        public NumberRange Current { get; private set; }

        /// <summary>Goes to the next lower range.</summary>
        public bool MoveNext()
        {
            if (!_isPending)
                return false;

            Current = new NumberRange(_nextStart, _nextEnd);
            _isPending = _rest.TryReadVarInt(out var gap) && _rest.TryReadVarInt(out var length) && Advance(gap, length);
            return true;
        }

        private bool Advance(ulong gap, ulong length)
        {
            _nextEnd = _nextStart - gap - 1;
            _nextStart = _nextEnd - 1 - length;
            return true;
        }
    }
}
