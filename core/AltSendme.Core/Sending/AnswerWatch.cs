using AltSendme.Blobs;
using AltSendme.Blobs.Bao;
using AltSendme.Blobs.Protocol;
using AltSendme.Blobs.Protocol.Requests;

namespace AltSendme.Core.Sending;

/// <summary>
/// Watches the answer to one request: counts content for progress, and notes in the receiver's account what of which file went out. What describes the share (hash sequence, names, and last chunks
/// that only prove sizes) is not content.
/// </summary>
internal sealed class AnswerWatch(Share share, ServedContent served, Action<long> sent) : IServeObserver
{
    private bool _isCollection;
    private int? _number;
    private long _size;
    private long _bytes;
    private ChunkRanges _ranges = ChunkRanges.Empty;

    public void OnRequest(RequestKind kind, Hash hash) => _isCollection = kind == RequestKind.Get && hash == share.Root;

    public void OnBlobBegun(ulong index, Hash hash, long size, ChunkRanges ranges)
    {
        var isContent = (!_isCollection || index > 1) && !ranges.Equals(ChunkRanges.LastChunk);
        _number = !isContent ? null : _isCollection ? share.Contents.At(index - 2) : share.Contents.Of(hash);
        (_size, _ranges, _bytes) = (size, ranges, 0);
    }

    public void OnContentSent(long bytes)
    {
        _bytes += bytes;
        sent(_number is null ? 0 : bytes);
    }

    public void OnBlobFinished(ulong index, Hash hash, bool isWhole)
    {
        if (_isCollection && index == 0 && isWhole)
            served.AddList();
        if (_isCollection && index == 1 && isWhole)
            served.AddNames();
        if (_number is { } number)
            served.Add(number, _size, _ranges);
        _number = null;
    }

    /// <summary>The answer is over. Of a blob that was cut short the part that went out counts: the receiver will ask for the rest.</summary>
    public void Conclude()
    {
        if (_number is { } number && _bytes > 0)
            served.Add(number, _size, Beginning(_ranges.ForSize(_size), (ulong)_bytes / TreeGeometry.ChunkSize));
        _number = null;
    }

    /// <summary>The first <paramref name="chunks"/> chunks of a set.</summary>
    private static ChunkRanges Beginning(ChunkRanges ranges, ulong chunks)
    {
        foreach (var (start, end) in ranges)
        {
            var length = (end ?? ulong.MaxValue) - start;
            if (length >= chunks)
                return ranges.Within(0, start + chunks);
            chunks -= length;
        }

        return ranges;
    }
}
