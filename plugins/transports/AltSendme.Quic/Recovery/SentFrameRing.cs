namespace AltSendme.Quic.Recovery;

/// <summary>Frames of the packets in flight, in the order of sending. Grows to what was once in flight and is reused from then on.</summary>
internal sealed class SentFrameRing
{
    private SentFrame[] _frames = new SentFrame[32];
    private long _first;

    /// <summary>Index that the next frame gets; indices count up for ever.</summary>
    public long Next { get; private set; }

    /// <summary>The frame at an index between the oldest kept and <see cref="Next"/>.</summary>
    public ref readonly SentFrame this[long index] => ref _frames[index & (_frames.Length - 1)];

    /// <summary>Appends a frame.</summary>
    public void Add(in SentFrame frame)
    {
        if (Next - _first == _frames.Length)
            Grow();
        _frames[Next++ & (_frames.Length - 1)] = frame;
    }

    /// <summary>Forgets every frame below an index.</summary>
    public void ReleaseBefore(long index) => _first = index;

    /// <summary>Forgets the newest frames from an index on: their packet was not sent.</summary>
    public void TruncateTo(long index) => Next = index;

    private void Grow()
    {
        var grown = new SentFrame[_frames.Length * 2];
        for (var i = _first; i < Next; i++)
            grown[i & (grown.Length - 1)] = _frames[i & (_frames.Length - 1)];
        _frames = grown;
    }
}
