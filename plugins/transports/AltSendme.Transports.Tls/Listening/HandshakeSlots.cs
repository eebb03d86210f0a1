namespace AltSendme.Transports.Tls.Listening;

/// <summary>
/// Bounds the handshakes that are under way. When all places are taken the oldest gives way: an honest handshake takes milliseconds, so that the oldest are those
/// who hold a place without using it. Thread-safe.
/// </summary>
internal sealed class HandshakeSlots(int places)
{
    private readonly Lock _gate = new();   // guards the queue
    private readonly LinkedList<Action> _underWay = new();

    /// <summary>Takes a place for a handshake that <paramref name="giveWay"/> ends.</summary>
    public LinkedListNode<Action> Enter(Action giveWay)
    {
        Action? oldest = null;
        LinkedListNode<Action> place;
        lock (_gate)
        {
            if (_underWay.Count >= places)
            {
                oldest = _underWay.First!.Value;
                _underWay.RemoveFirst();
            }

            place = _underWay.AddLast(giveWay);
        }

        oldest?.Invoke();
        return place;
    }

    /// <summary>Gives the place back, unless it was taken away.</summary>
    public void Leave(LinkedListNode<Action> place)
    {
        lock (_gate)
        {
            if (place.List is not null)
                _underWay.Remove(place);
        }
    }
}
