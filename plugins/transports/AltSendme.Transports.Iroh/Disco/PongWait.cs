using AltSendme.Abstractions;

namespace AltSendme.Transports.Iroh.Disco;

/// <summary>The pings that were sent and not answered yet; the oldest give way. Thread-safe.</summary>
internal sealed class PongWait
{
    private readonly Lock _gate = new();   // guards the two below
    private readonly Dictionary<UInt128, EndpointId> _awaited = [];
    private readonly Queue<UInt128> _order = new();

    /// <summary>A ping was sent to a peer.</summary>
    public void Add(UInt128 transaction, EndpointId peer)
    {
        lock (_gate)
        {
            if (_order.Count >= TransportLimits.AwaitedPongs)
                _awaited.Remove(_order.Dequeue());
            _order.Enqueue(transaction);
            _awaited[transaction] = peer;
        }
    }

    /// <summary>Whether a pong answers a ping to that peer; once.</summary>
    public bool Take(UInt128 transaction, EndpointId peer)
    {
        lock (_gate)
            return _awaited.TryGetValue(transaction, out var expected) && expected == peer && _awaited.Remove(transaction);
    }
}
