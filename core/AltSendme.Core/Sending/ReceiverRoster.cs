namespace AltSendme.Core.Sending;

/// <summary>
/// Who is being served, within bounds: so many in all, so many connections a receiver. When it is full, whoever has taken nothing for the longest time makes room, so that neither idle nor stuck
/// receivers keep others out.
/// </summary>
internal sealed class ReceiverRoster(TimeProvider timeProvider)
{
    /// <summary>Connections at once.</summary>
    public const int MaxConnections = 64;

    /// <summary>Of them from one receiver.</summary>
    public const int MaxOfOne = 8;

    /// <summary>How long a connection must have taken nothing before it has to make room.</summary>
    public static readonly TimeSpan IdleAfter = TimeSpan.FromSeconds(30);

    // Read by the timer that samples progress.
    private readonly Lock _gate = new();
    private readonly List<ReceiverConnection> _receivers = [];

    /// <summary>Those that are served now.</summary>
    public ReceiverConnection[] All
    {
        get
        {
            lock (_gate)
                return [.. _receivers];
        }
    }

    /// <summary>Takes a connection in if there is room.</summary>
    /// <param name="newcomer">The connection.</param>
    /// <param name="leaving">One that has to make room and is to be closed.</param>
    public bool TryAdd(ReceiverConnection newcomer, out ReceiverConnection? leaving)
    {
        leaving = null;
        lock (_gate)
        {
            if (_receivers.Count(receiver => receiver.RemoteId == newcomer.RemoteId) >= MaxOfOne)
                return false;
            if (_receivers.Count >= MaxConnections)
            {
                leaving = _receivers.Where(receiver => timeProvider.GetElapsedTime(receiver.LastTaken) >= IdleAfter).MinBy(static receiver => receiver.LastTaken);
                if (leaving is null)
                    return false;
                _receivers.Remove(leaving);
            }

            _receivers.Add(newcomer);
            return true;
        }
    }

    public void Remove(ReceiverConnection receiver)
    {
        lock (_gate)
            _receivers.Remove(receiver);
    }
}
