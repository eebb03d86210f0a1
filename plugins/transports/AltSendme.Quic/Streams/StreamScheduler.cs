namespace AltSendme.Quic.Streams;

/// <summary>Which stream sends next: the highest priority first, round robin within it (RFC 9000, section 2.3). Streams that only the connection's credit holds back are set aside until it grows.</summary>
internal sealed class StreamScheduler
{
    private readonly List<Level> _levels = [];
    private readonly List<SendStream> _waitingForCredit = [];

    /// <summary>Whether some stream may have something to send.</summary>
    public bool HasWork
    {
        get
        {
            foreach (var level in _levels)
            {
                if (level.Queue.Count > 0)
                    return true;
            }

            return false;
        }
    }

    /// <summary>Whether a stream waits for the connection's credit.</summary>
    public bool IsBlockedByCredit => _waitingForCredit.Count > 0;

    /// <summary>Queues a stream that has work, unless it is queued.</summary>
    public void Enqueue(SendStream stream)
    {
        if (stream.IsQueued || !stream.HasWork)
            return;
        stream.IsQueued = true;
        LevelOf(stream.Priority).Queue.Enqueue(stream);
    }

    /// <summary>Takes the next stream out; the caller enqueues it again when work is left.</summary>
    public bool TryDequeue(out SendStream stream)
    {
        foreach (var level in _levels)
        {
            if (level.Queue.TryDequeue(out stream!))
            {
                stream.IsQueued = false;
                return true;
            }
        }

        stream = null!;
        return false;
    }

    /// <summary>Sets a stream aside until <see cref="OnConnectionCredit"/>.</summary>
    public void WaitForCredit(SendStream stream)
    {
        stream.IsQueued = true;
        _waitingForCredit.Add(stream);
    }

    /// <summary>Queues everything that waited for the connection's credit.</summary>
    public void OnConnectionCredit()
    {
        foreach (var stream in _waitingForCredit)
        {
            stream.IsQueued = false;
            Enqueue(stream);
        }

        _waitingForCredit.Clear();
    }

    /// <summary>A stream that waits for credit got lost bytes to resend, which need none.</summary>
    public void OnLost(SendStream stream)
    {
        if (_waitingForCredit.Remove(stream))
            stream.IsQueued = false;
        Enqueue(stream);
    }

    private Level LevelOf(int priority)
    {
        var index = 0;
        while (index < _levels.Count && _levels[index].Priority > priority)
            index++;
        if (index == _levels.Count || _levels[index].Priority != priority)
            _levels.Insert(index, new Level(priority, new Queue<SendStream>()));
        return _levels[index];
    }

    private sealed record Level(int Priority, Queue<SendStream> Queue);
}
