using AltSendme.Quic.ConnectionIds;
using AltSendme.Quic.Crypto;
using AltSendme.Quic.Packets;
using AltSendme.Quic.Paths;
using AltSendme.Quic.Timers;

namespace AltSendme.Quic;

/// <summary>Migration and path validation (RFC 9000, sections 8.2 and 9).</summary>
internal sealed partial class Connection
{
    private Path? _fallback;

    /// <summary>
    /// Moves to another pair of addresses, validating it on the way (RFC 9000, section 9.2); clients only. False while the handshake is not confirmed, when the server forbade it, or when it gave no
    /// unused connection id.
    /// </summary>
    public bool Migrate(in NetworkPath address, Instant now)
    {
        if (address == _path.Address)
            return true;
        if (_side == Side.Server || !_lifecycle.IsConfirmed || _peer!.DisableActiveMigration || !_remoteIds.TryTakeUnused(out var id))
            return false;
        if (_paths.Count == Limits.Paths)
            ForgetPath();

        var path = AddPath(address, isValidated: true);
        UseRemoteId(path, id);
        MigrateTo(path, now);
        AfterInput(now);
        return true;
    }

    /// <summary>Sends a PING on the path in use: after the network changed, to learn soon whether the peer is still there.</summary>
    public void Ping() => _isPingPending = true;

    private Path? FindPath(in NetworkPath address)
    {
        if (_path.Address.Matches(address))
            return _path;
        foreach (var path in _paths)
        {
            if (path.Address.Matches(address))
                return path;
        }

        return null;
    }

    // Only a server follows its peer, only once the handshake is confirmed, and only for packets that may be genuine.
    private bool MayCreatePath(ReadOnlySpan<byte> datagram) => _side == Side.Server && _lifecycle.IsConfirmed && !InvariantHeader.IsLong(datagram);

    private Path? CreatePath(in Arrival arrival)
    {
        if (FindPath(arrival.Address) is { } known)
            return known;
        if (_paths.Count == Limits.Paths && !ForgetPath())
            return null;
        var path = AddPath(arrival.Address, isValidated: false);
        path.Amplification.OnReceived(arrival.Size);

        // A new id hides from observers that it is the same connection; without one the old must do, as after a NAT rebinding.
        if (arrival.Address.Local != _path.Address.Local && _remoteIds.TryTakeUnused(out var id))
            UseRemoteId(path, id);
        else
            path.Destination = _path.Destination;
        return path;
    }

    private Path AddPath(in NetworkPath address, bool isValidated)
    {
        var path = new Path(address, _path.Space, _options, isValidated) { PeerMaxAckDelay = _path.PeerMaxAckDelay };
        path.Mtu.LimitTo(_peer!.MaxUdpPayloadSize);
        path.Ecn.Inherit(_path.Ecn);
        _paths.Add(path);
        return path;
    }

    private bool ForgetPath()
    {
        for (var i = 0; i < _paths.Count; i++)
        {
            if (_paths[i] == _path || _paths[i] == _fallback)
                continue;
            Drop(_paths[i]);
            return true;
        }

        return false;
    }

    // A path's connection id is not used on another one (RFC 9000, section 9.5).
    private void Drop(Path path)
    {
        _paths.Remove(path);
        foreach (var other in _paths)
        {
            if (other.Destination.SequenceNumber == path.Destination.SequenceNumber)
                return;
        }

        if (path.Destination.ResetToken is { } token)
            _routing.Enqueue(new RoutingChange(RoutingChangeKind.ResetTokenRemoved, default, token));
        _remoteIds.Retire(path.Destination.SequenceNumber);
    }

    // A new path is followed at once (RFC 9000, section 9.3). A peer that chooses its addresses below QUIC, as older iroh does, sends from several at a time, though: of paths that were both in use the one that is stays,
    // as long as the peer is heard there once a round trip. Otherwise each packet would change congestion control, MTU and challenges.
    private bool IsWavering(Path path, Instant now)
    {
        if (!path.WasUsed || !_path.Amplification.IsValidated || now - _path.LastHeard > _path.Rtt.Smoothed)
            return false;
        return !(path.Amplification.IsValidated && IsBetter(path.Address.Remote, _path.Address.Remote));
    }

    // The peer moved (RFC 9000, section 9.3), or we do. The old path stays known in case the new one turns out to be an attacker's.
    private void MigrateTo(Path path, Instant now)
    {
        var previous = _path;
        if (previous.Amplification.IsValidated)
            _fallback = previous;
        previous.WasUsed = true;
        _path = path;
        if (!path.Amplification.IsValidated || _side == Side.Client)
        {
            Validate(path);

            // The old address is asked as well: it answers if the packet was copied by somebody on the way (section 9.3.3).
            if (_side == Side.Server && previous.Amplification.IsValidated)
                Validate(previous);
        }

        ReportPath(now);
        SetLossTimer(now);
    }

    // A challenge that is under way stays: with another one, the answer to the first would come for nothing.
    private void Validate(Path path)
    {
        if (!path.Validation.IsUnderWay)
            path.Validation.Start(_random);
    }

    private void OnPathResponse(ulong data, Instant now)
    {
        foreach (var path in _paths)
        {
            if (!path.Validation.OnResponse(data))
                continue;
            path.Amplification.OnValidated();
            if (path.Validation.WasShort)
                path.Validation.Start(_random);
            OnStandbyValidated(path, now);
            OfferToken();
            SetPathTimer();
            SetLossTimer(now);
            return;
        }
    }

    private void OnPathTimeout(Instant now)
    {
        for (var i = _paths.Count - 1; i >= 0; i--)
        {
            var path = _paths[i];
            if (path.Validation.Deadline > now || path.Validation.OnTimeout())
                continue;
            if (path != _path)
            {
                if (path != _fallback)
                    Drop(path);
                continue;
            }

            // Nobody answers at the new address: back to where the peer was, if that is known (section 9.3.2).
            if (_fallback is { } fallback)
            {
                _path = fallback;
                _fallback = null;
                Drop(path);
                ReportPath(now);
            }
        }

        SetPathTimer();
    }

    private void SetPathTimer()
    {
        var deadline = Instant.Never;
        foreach (var path in _paths)
            deadline = Instant.Min(deadline, path.Validation.Deadline);
        _timers[TimerKind.PathValidation] = deadline;
    }

    private void UseRemoteId(Path path, in RemoteConnectionId id)
    {
        var previous = path.Destination;
        if (previous.ResetToken is { } old)
            _routing.Enqueue(new RoutingChange(RoutingChangeKind.ResetTokenRemoved, default, old));
        path.Destination = id;
        if (id.ResetToken is { } token)
            _routing.Enqueue(new RoutingChange(RoutingChangeKind.ResetTokenAdded, default, token));
    }
}
