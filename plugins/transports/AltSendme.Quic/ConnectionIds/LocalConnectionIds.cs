using AltSendme.Quic.Frames;

namespace AltSendme.Quic.ConnectionIds;

/// <summary>Connection ids that we gave to the peer (RFC 9000, section 5.1): issued as it retires them, reported to the endpoint so that it can route.</summary>
internal sealed class LocalConnectionIds
{
    private static readonly TransportError NeverIssued = TransportError.ProtocolViolation("RETIRE_CONNECTION_ID for an id that was never issued");
    private static readonly TransportError InUse = TransportError.ProtocolViolation("RETIRE_CONNECTION_ID for the id of the packet that carries it");

    private readonly ConnectionIdIssuer _issuer;
    private readonly Queue<RoutingChange> _changes;
    private readonly List<Issued> _active = [];
    private readonly Queue<ulong> _toAnnounce = new();
    private ulong _next;
    private ulong _peerLimit = 1;

    /// <summary>Starts with the id of the handshake.</summary>
    public LocalConnectionIds(ConnectionIdIssuer issuer, Queue<RoutingChange> changes, in ConnectionId handshake)
    {
        _issuer = issuer;
        _changes = changes;
        Add(handshake);
    }

    /// <summary>The id of the handshake.</summary>
    public ConnectionId Handshake => _active.Count > 0 ? _active[0].Id : default;

    /// <summary>Whether NEW_CONNECTION_ID should be sent.</summary>
    public bool HasPending => _toAnnounce.Count > 0;

    /// <summary>The peer told how many ids it keeps; more are issued up to that and our own limit.</summary>
    public void OnPeerLimit(ulong limit)
    {
        _peerLimit = Math.Min(limit, Limits.ActiveConnectionIds);
        while ((ulong)_active.Count < _peerLimit)
            _toAnnounce.Enqueue(Add(_issuer.NewId()));
    }

    /// <summary>Takes the next frame to send; false when what was queued is retired already.</summary>
    public bool TryTakeFrame(out NewConnectionIdFrame frame)
    {
        while (_toAnnounce.TryDequeue(out var sequence))
        {
            if (TryFind(sequence, out var issued))
            {
                frame = new NewConnectionIdFrame(sequence, 0, issued.Id, _issuer.TokenFor(issued.Id));
                return true;
            }
        }

        frame = default;
        return false;
    }

    /// <summary>A NEW_CONNECTION_ID was lost.</summary>
    public void OnLost(ulong sequenceNumber) => _toAnnounce.Enqueue(sequenceNumber);

    /// <summary>Takes RETIRE_CONNECTION_ID from a packet that was sent to <paramref name="destination"/>.</summary>
    public bool OnRetired(ulong sequenceNumber, in ConnectionId destination, out TransportError error)
    {
        error = default;
        if (sequenceNumber >= _next)
        {
            error = NeverIssued;
            return false;
        }

        if (!TryFind(sequenceNumber, out var issued))
            return true;
        if (issued.Id == destination)
        {
            error = InUse;
            return false;
        }

        _active.Remove(issued);
        _changes.Enqueue(new RoutingChange(RoutingChangeKind.IdRetired, issued.Id));
        if ((ulong)_active.Count < _peerLimit)
            _toAnnounce.Enqueue(Add(_issuer.NewId()));
        return true;
    }

    private ulong Add(in ConnectionId id)
    {
        _active.Add(new Issued(_next, id));
        _changes.Enqueue(new RoutingChange(RoutingChangeKind.IdIssued, id));
        return _next++;
    }

    private bool TryFind(ulong sequenceNumber, out Issued issued)
    {
        foreach (var candidate in _active)
        {
            if (candidate.SequenceNumber == sequenceNumber)
            {
                issued = candidate;
                return true;
            }
        }

        issued = default;
        return false;
    }

    private readonly record struct Issued(ulong SequenceNumber, ConnectionId Id);
}
