namespace AltSendme.Transports.Tls.Listening;

/// <summary>
/// Bounds the handshakes that are under way. When all places are taken the oldest gives way: an honest handshake takes milliseconds, so that the oldest are those
/// who hold a place without using it. Thread-safe.
/// </summary>
internal sealed class HandshakeSlots(int places)
{
    private readonly Lock _gate = new();   // guards the queue
    private readonly LinkedList<CancellationTokenSource> _underWay = new();

    /// <summary>Takes a place for a handshake that <paramref name="cancellation"/> can end.</summary>
    public void Enter(CancellationTokenSource cancellation)
    {
        CancellationTokenSource? oldest = null;
        lock (_gate)
        {
            if (_underWay.Count >= places)
            {
                oldest = _underWay.First!.Value;
                _underWay.RemoveFirst();
            }

            _underWay.AddLast(cancellation);
        }

        oldest?.Cancel();
    }

    /// <summary>Gives the place back, unless it was taken away.</summary>
    public void Leave(CancellationTokenSource cancellation)
    {
        lock (_gate)
            _underWay.Remove(cancellation);
    }
}
