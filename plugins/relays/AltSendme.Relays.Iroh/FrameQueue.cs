using System.Threading.Channels;

namespace AltSendme.Relays.Iroh;

/// <summary>
/// Frames between two loops, bounded in number and bytes. What does not fit is dropped, as a network would: nobody waits for a slow side. Any number of writers, one reader.
/// </summary>
internal sealed class FrameQueue<T>
{
    public const int MaxFrames = 512;
    public const int MaxBytes = 4 * 1024 * 1024;

    private readonly Channel<(PooledFrame Frame, T Tag)> _channel = Channel.CreateUnbounded<(PooledFrame, T)>(new UnboundedChannelOptions { SingleReader = true });
    private int _frames;
    private int _bytes;

    /// <summary>Queues a frame, which belongs to the queue from here on.</summary>
    /// <param name="frame">The frame.</param>
    /// <param name="tag">What goes with it.</param>
    /// <param name="always">Whether it is let in though the queue is full: for the few frames on which the connection's life depends.</param>
    public bool TryWrite(PooledFrame frame, T tag, bool always = false)
    {
        var fits = Interlocked.Increment(ref _frames) <= MaxFrames & Interlocked.Add(ref _bytes, frame.Length) <= MaxBytes;
        if ((fits || always) && _channel.Writer.TryWrite((frame, tag)))
            return true;
        Took(frame);
        frame.Return();
        return false;
    }

    /// <summary>Waits until there is something; <see langword="false"/> at the end.</summary>
    public ValueTask<bool> WaitAsync(CancellationToken cancellationToken) => _channel.Reader.WaitToReadAsync(cancellationToken);

    /// <summary>Takes a frame, which the caller returns to the pool.</summary>
    public bool TryRead(out PooledFrame frame, out T tag)
    {
        var read = _channel.Reader.TryRead(out var entry);
        (frame, tag) = entry;
        if (read)
            Took(frame);
        return read;
    }

    /// <summary>Throws away what is there.</summary>
    public void Clear()
    {
        while (TryRead(out var frame, out _))
            frame.Return();
    }

    /// <summary>Ends the queue; a reader gets what is left first.</summary>
    public void Complete() => _channel.Writer.TryComplete();

    private void Took(PooledFrame frame)
    {
        Interlocked.Decrement(ref _frames);
        Interlocked.Add(ref _bytes, -frame.Length);
    }
}
