using System.Buffers;

namespace AltSendme.Blobs.Bao;

/// <summary>
/// Collects what was verified until it is handed on. Content that lies in one piece in the stream's buffer stays there; only what is torn over several pieces is copied together.
/// </summary>
internal sealed class VerifierBatch : IDisposable
{
    /// <summary>Bytes of content that are handed on at once at most: what a process that is killed can have verified and not yet written.</summary>
    public const int MaxContent = 64 * 1024;

    private readonly List<VerifiedParent> _parents = [];
    private readonly List<VerifiedLeaf> _leaves = [];
    private byte[]? _joined;
    private int _joinedLength;
    private int _content;

    public bool IsEmpty => _leaves.Count == 0 && _parents.Count == 0;

    public VerifiedBatch Verified => new(_parents, _leaves);

    /// <summary>Whether so many more bytes may be added; parents are bounded too, since a path of them is at most as long as the tree is high.</summary>
    public bool HasRoomFor(int length) => _content + length <= MaxContent && _parents.Count < MaxContent / TreeGeometry.GroupSize + TreeGeometry.MaxLevel;

    public void Add(in VerifiedParent parent) => _parents.Add(parent);

    public void Add(in VerifiedLeaf leaf)
    {
        _leaves.Add(leaf);
        _content += leaf.Content.Length;
    }

    /// <summary>The first <paramref name="length"/> bytes of <paramref name="source"/> in one piece, which holds until <see cref="Clear"/>. There must be room for them.</summary>
    public ReadOnlyMemory<byte> Join(in ReadOnlySequence<byte> source, int length)
    {
        if (source.First.Length >= length)
            return source.First[..length];
        _joined ??= ArrayPool<byte>.Shared.Rent(MaxContent);
        var joined = _joined.AsMemory(_joinedLength, length);
        source.Slice(0, length).CopyTo(joined.Span);
        _joinedLength += length;
        return joined;
    }

    public void Clear()
    {
        _parents.Clear();
        _leaves.Clear();
        _joinedLength = 0;
        _content = 0;
    }

    public void Dispose()
    {
        Clear();
        if (_joined is { } joined)
            ArrayPool<byte>.Shared.Return(joined);
        _joined = null;
    }
}
