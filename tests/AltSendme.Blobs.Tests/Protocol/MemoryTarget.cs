using AltSendme.Blobs.Collections;
using AltSendme.Blobs.Protocol;
using AltSendme.Blobs.Tests.Bao;

namespace AltSendme.Blobs.Tests.Protocol;

/// <summary>Receives into memory; learns the children from the root that has just arrived, or from one that it was given.</summary>
internal sealed class MemoryTarget(Hash root, byte[]? knownRoot = null) : IGetTarget
{
    private HashSequence? _children;
    private CollectingSink? _last;

    public SortedDictionary<long, (Hash Hash, CollectingSink Sink)> Received { get; } = [];

    public ValueTask<GetChild?> OpenAsync(long index, CancellationToken cancellationToken)
    {
        Assert.True(_last is null || _last.HasEnded);
        if (index > 0 && _children is null)
            Assert.True(HashSequence.TryParse(knownRoot ?? Received[0].Sink.Content, HashSequence.DefaultLimit, out _children, out var reason), reason);
        if (index > 0 && index > _children!.Count)
            return ValueTask.FromResult<GetChild?>(null);

        var hash = index == 0 ? root : _children![(int)index - 1];
        var sink = _last = new CollectingSink();
        Received.Add(index, (hash, sink));
        return ValueTask.FromResult<GetChild?>(new GetChild(hash, sink));
    }
}
