using AltSendme.Quic.Frames;

namespace AltSendme.Quic.ConnectionIds;

/// <summary>The peer's connection ids: which there are, which are used, which must be retired (RFC 9000, sections 5.1.1 and 5.1.2).</summary>
internal sealed class RemoteConnectionIds
{
    private static readonly TransportError Unwanted = TransportError.ProtocolViolation("NEW_CONNECTION_ID for a peer whose connection id is empty");
    private static readonly TransportError Changed = TransportError.ProtocolViolation("NEW_CONNECTION_ID repeats a sequence number with another id");
    private static readonly TransportError TooMany = new(TransportErrorCode.ConnectionIdLimitError, "More connection ids than the limit allows", FrameType.NewConnectionId);
    private static readonly TransportError TooManyRetired = new(TransportErrorCode.ConnectionIdLimitError, "Connection ids are replaced faster than they can be retired", FrameType.NewConnectionId);

    private readonly List<RemoteConnectionId> _known = [];
    private readonly List<ulong> _used = [];
    private readonly List<ulong> _retiring = [];
    private readonly Queue<ulong> _toRetire = new();
    private ulong _retirePriorTo;

    /// <summary>Ids that may be used.</summary>
    public int Count => _known.Count;

    /// <summary>Whether RETIRE_CONNECTION_ID should be sent.</summary>
    public bool HasPendingRetirement => _toRetire.Count > 0;

    /// <summary>Sets the id of the handshake: the client's guess, the server's choice, or the id after a Retry.</summary>
    public RemoteConnectionId SetInitial(in ConnectionId id, StatelessResetToken? token = null)
    {
        _known.Clear();
        _used.Clear();
        _known.Add(new RemoteConnectionId(0, id, token));
        _used.Add(0);
        return _known[0];
    }

    /// <summary>Takes NEW_CONNECTION_ID. <paramref name="isNew"/> tells whether the id can be used from now on.</summary>
    public bool OnNew(in NewConnectionIdFrame frame, out bool isNew, out TransportError error)
    {
        error = default;
        isNew = false;
        if (_known.Count > 0 && _known[0].Id.Length == 0)
            error = Unwanted;
        else if (Find(frame.SequenceNumber) is { } known)
            error = known.Id == frame.Id && (known.ResetToken is null || known.ResetToken.Value.Equals(frame.ResetToken)) ? default : Changed;
        else if (IsKnownId(frame.Id))
            error = Changed;
        else if (frame.SequenceNumber < _retirePriorTo)
            Retire(frame.SequenceNumber);
        else if (!_retiring.Contains(frame.SequenceNumber))
            isNew = true;

        if (isNew)
            _known.Add(new RemoteConnectionId(frame.SequenceNumber, frame.Id, frame.ResetToken));
        RaiseRetirePriorTo(frame.RetirePriorTo);
        if (!error.IsError && _known.Count > Limits.ActiveConnectionIds)
            error = TooMany;
        else if (!error.IsError && _retiring.Count > Limits.RetiringConnectionIds)
            error = TooManyRetired;
        return !error.IsError;
    }

    /// <summary>Whether an id may still be used.</summary>
    public bool IsActive(ulong sequenceNumber) => Find(sequenceNumber) is not null;

    /// <summary>Takes an id that no path uses yet.</summary>
    public bool TryTakeUnused(out RemoteConnectionId id)
    {
        foreach (var candidate in _known)
        {
            if (_used.Contains(candidate.SequenceNumber))
                continue;
            _used.Add(candidate.SequenceNumber);
            id = candidate;
            return true;
        }

        id = default;
        return false;
    }

    /// <summary>Gives an id up.</summary>
    public void Retire(ulong sequenceNumber)
    {
        for (var i = 0; i < _known.Count; i++)
        {
            if (_known[i].SequenceNumber == sequenceNumber)
            {
                _known.RemoveAt(i);
                break;
            }
        }

        _used.Remove(sequenceNumber);
        if (_retiring.Contains(sequenceNumber))
            return;
        _retiring.Add(sequenceNumber);
        _toRetire.Enqueue(sequenceNumber);
    }

    /// <summary>Takes the next sequence number to retire.</summary>
    public ulong TakeRetirement() => _toRetire.Dequeue();

    /// <summary>A RETIRE_CONNECTION_ID was lost.</summary>
    public void OnRetirementLost(ulong sequenceNumber) => _toRetire.Enqueue(sequenceNumber);

    /// <summary>The peer knows that an id is retired.</summary>
    public void OnRetirementAcknowledged(ulong sequenceNumber) => _retiring.Remove(sequenceNumber);

    /// <summary>Whether a datagram ends in the reset token of an id that is used.</summary>
    public bool IsResetBy(ReadOnlySpan<byte> datagram)
    {
        Span<byte> token = stackalloc byte[Packets.StatelessReset.TokenLength];
        var isReset = false;
        foreach (var id in _known)
        {
            if (id.ResetToken is not { } expected || !_used.Contains(id.SequenceNumber))
                continue;
            expected.CopyTo(token);
            isReset |= Packets.StatelessReset.EndsWith(datagram, token);
        }

        return isReset;
    }

    /// <summary>The token of the handshake's id came with the server's transport parameters.</summary>
    public RemoteConnectionId SetInitialToken(StatelessResetToken token)
    {
        if (_known.Count > 0 && _known[0].SequenceNumber == 0)
            _known[0] = _known[0] with { ResetToken = token };
        return _known[0];
    }

    private RemoteConnectionId? Find(ulong sequenceNumber)
    {
        foreach (var id in _known)
        {
            if (id.SequenceNumber == sequenceNumber)
                return id;
        }

        return null;
    }

    private bool IsKnownId(in ConnectionId id)
    {
        foreach (var known in _known)
        {
            if (known.Id == id)
                return true;
        }

        return false;
    }

    private void RaiseRetirePriorTo(ulong limit)
    {
        if (limit <= _retirePriorTo)
            return;
        _retirePriorTo = limit;
        for (var i = _known.Count - 1; i >= 0; i--)
        {
            if (_known[i].SequenceNumber < limit)
                Retire(_known[i].SequenceNumber);
        }
    }
}
