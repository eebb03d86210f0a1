using System.Numerics;
using AltSendme.Blobs.Bao;

namespace AltSendme.Blobs.Stores.Partial;

/// <summary>Which groups of a file are there: a bit each, the lowest bit of a byte first. Takes 8 bytes a MiB.</summary>
internal sealed class GroupBitmap
{
    private const ulong ChunksPerGroup = TreeGeometry.GroupSize / TreeGeometry.ChunkSize;

    private readonly byte[] _bits;
    private readonly long _size;

    /// <summary>Without any group.</summary>
    public GroupBitmap(long size)
    {
        _size = size;
        GroupCount = (size - 1) / TreeGeometry.GroupSize + 1;
        _bits = new byte[(GroupCount + 7) / 8];
    }

    public long GroupCount { get; }

    /// <summary>Bytes of the groups that are there.</summary>
    public long VerifiedBytes { get; private set; }

    public bool IsFull => VerifiedBytes == _size;

    /// <summary>All bits as they are kept on disk.</summary>
    public ReadOnlySpan<byte> Bytes => _bits;

    public bool this[long group] => (_bits[group >> 3] & (1 << (int)(group & 7))) != 0;

    public int LengthOf(long group) => (int)Math.Min(TreeGeometry.GroupSize, _size - (group * TreeGeometry.GroupSize));

    /// <summary>Takes bits from disk; they may be fewer or more than there are groups.</summary>
    public void Load(ReadOnlySpan<byte> bits, long groupsOnDisk)
    {
        bits[..Math.Min(bits.Length, _bits.Length)].CopyTo(_bits);
        for (var group = Math.Min(groupsOnDisk, GroupCount); group < _bits.Length * 8L; group = group % 8 == 0 ? ClearFrom(group) : group + 1)
            _bits[group >> 3] &= (byte)~(1 << (int)(group & 7));
        VerifiedBytes = 0;
        foreach (var bit in _bits)
            VerifiedBytes += (long)BitOperations.PopCount(bit) * TreeGeometry.GroupSize;
        if (this[GroupCount - 1])
            VerifiedBytes -= TreeGeometry.GroupSize - LengthOf(GroupCount - 1);
    }

    /// <summary>Marks a group and returns how many bytes that adds: none when it was marked.</summary>
    public int Set(long group)
    {
        if (this[group])
            return 0;
        _bits[group >> 3] |= (byte)(1 << (int)(group & 7));
        var length = LengthOf(group);
        VerifiedBytes += length;
        return length;
    }

    /// <summary>Whether any group from <paramref name="first"/> up to, but without, <paramref name="end"/> is there.</summary>
    public bool HasAny(long first, long end) => Next(first, end, isSet: true) < end;

    /// <summary>The first group from <paramref name="group"/> on that is there (or that is not), or <paramref name="end"/>.</summary>
    public long Next(long group, long end, bool isSet)
    {
        var skip = isSet ? (byte)0 : byte.MaxValue;
        while (group < end && this[group] != isSet)
            group += group % 8 == 0 && _bits[group >> 3] == skip ? 8 : 1;
        return Math.Min(group, end);
    }

    /// <summary>The chunks of the groups that are not there; without end when the last group is among them.</summary>
    public ChunkRanges Missing()
    {
        var boundaries = new List<ulong>();
        for (var first = Next(0, GroupCount, isSet: false); first < GroupCount;)
        {
            var end = Next(first, GroupCount, isSet: true);
            boundaries.Add((ulong)first * ChunksPerGroup);
            if (end < GroupCount)
                boundaries.Add((ulong)end * ChunksPerGroup);
            first = Next(end, GroupCount, isSet: false);
        }

        return ChunkRanges.TryFromBoundaries([.. boundaries], out var ranges) ? ranges : throw new InvalidOperationException("Ranges of missing groups do not ascend.");
    }

    private long ClearFrom(long group)
    {
        _bits.AsSpan((int)(group >> 3)).Clear();
        return _bits.Length * 8L;
    }
}
