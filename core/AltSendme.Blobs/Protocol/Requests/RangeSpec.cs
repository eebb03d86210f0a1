using System.Diagnostics.CodeAnalysis;
using AltSendme.Blobs.Bao;
using AltSendme.Primitives.Encoding;

namespace AltSendme.Blobs.Protocol.Requests;

/// <summary>Chunk ranges on the wire: a list of widths in chunks, alternately left out and selected, the first one left out. With an odd number of them the last selection has no end.</summary>
internal static class RangeSpec
{
    public static bool TryRead(ref PostcardReader reader, [NotNullWhen(true)] out ChunkRanges? ranges)
    {
        ranges = null;

        // Each width takes a byte at least, so the bytes that are there bound what is made room for.
        if (!reader.TryReadLength(reader.Remaining.Length, out var count) || count > reader.Remaining.Length)
            return false;
        var boundaries = new ulong[count];
        var kept = 0;
        var position = 0UL;
        for (var i = 0; i < count; i++)
        {
            if (!reader.TryReadVarUInt64(out var width) || width > ulong.MaxValue - position)
                return false;
            position += width;

            // Where a width is zero, membership changes twice at one chunk, which is not at all.
            if (kept > 0 && boundaries[kept - 1] == position)
                kept--;
            else
                boundaries[kept++] = position;
        }

        return ChunkRanges.TryFromBoundaries(boundaries.AsSpan(0, kept), out ranges);
    }

    public static void Write(PostcardWriter writer, ChunkRanges ranges)
    {
        writer.WriteVarUInt64((ulong)ranges.Boundaries.Length);
        var position = 0UL;
        foreach (var boundary in ranges.Boundaries)
        {
            writer.WriteVarUInt64(boundary - position);
            position = boundary;
        }
    }
}
