using AltSendme.Abstractions;

namespace AltSendme.Discovery.Pkarr.Resolving;

/// <summary>The timestamp of the newest packet that is known of each endpoint, so that an older one, which anybody can replay, is refused. One for the process; thread-safe.</summary>
internal sealed class NewestPackets
{
    /// <summary>Endpoints that are remembered at most; beyond it the one that was not asked for the longest is forgotten.</summary>
    public const int MaxEndpoints = 1024;

    private readonly Lock _gate = new();   // guards both
    private readonly Dictionary<EndpointId, LinkedListNode<(EndpointId Id, ulong Timestamp)>> _known = [];
    private readonly LinkedList<(EndpointId Id, ulong Timestamp)> _order = new();

    /// <summary>Takes note of a packet. False when a newer one is known.</summary>
    public bool TryAdmit(EndpointId id, ulong timestamp)
    {
        lock (_gate)
        {
            if (_known.Remove(id, out var node))
                _order.Remove(node);
            else if (_known.Count == MaxEndpoints)
                Forget(_order.First!);
            var newest = Math.Max(timestamp, node?.Value.Timestamp ?? 0);
            _known[id] = _order.AddLast((id, newest));
            return timestamp == newest;
        }
    }

    private void Forget(LinkedListNode<(EndpointId Id, ulong Timestamp)> node)
    {
        _order.Remove(node);
        _known.Remove(node.Value.Id);
    }
}
