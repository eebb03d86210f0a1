using AltSendme.Quic.Crypto;
using AltSendme.Quic.Paths;

namespace AltSendme.Quic;

/// <summary>
/// A client whose server may have several addresses: its first flight goes to all of them, the first that answers is used, and the others stand by for a path that is better, or for the time when the one in
/// use fails (RFC 9000, section 9; the server may see one Initial from several sources).
/// </summary>
internal sealed partial class Connection
{
    // Probe timeouts in a row after which other addresses are asked.
    private const int FailingProbes = 2;

    private readonly List<NetworkAddress> _candidates = [];
    private byte[] _flight = [];
    private int _flightSegment;
    private int _flightNext;

    // Before its first answer, and before a Retry, which binds the handshake to one address.
    private bool IsFirstFlight => _side == Side.Client && !_hasPeerId && _retrySourceSeen is null;

    private bool IsPathFailing => _path.ProbeCount >= FailingProbes;

    /// <summary>Another address at which the server may be. Clients only; more than <see cref="Limits.Candidates"/> are ignored.</summary>
    public void AddRemote(in NetworkAddress remote, Instant now)
    {
        if (_side == Side.Server || !_lifecycle.IsOpen || _candidates.Count >= Limits.Candidates || remote == _path.Address.Remote || _candidates.Contains(remote))
            return;
        _candidates.Add(remote);
        if (IsBetter(remote, _path.Address.Remote))
            Probe(remote);
        AfterInput(now);
    }

    /// <summary>Asks at the standing-by addresses that would be better than the one in use whether the server is there; a path that validates is moved to.</summary>
    public void ProbeBetter(Instant now)
    {
        ProbeBetter();
        AfterInput(now);
    }

    // An address of the network is better than one that stands for a relay.
    private static bool IsBetter(in NetworkAddress candidate, in NetworkAddress current) => current.Kind == AddressKind.Opaque && candidate.Kind != AddressKind.Opaque;

    // An endpoint that chooses its addresses below QUIC, as older iroh does, answers from any that the other side has named, and sends its handshake from several. What is authentic counts; what is sent
    // in return keeps to the path in use.
    private Path? FindCandidate(in NetworkPath address) =>
        (_side == Side.Client ? _candidates.Contains(address.Remote) : !_lifecycle.IsConfirmed) ? _path : null;

    private void SettleOn(in NetworkPath address, Instant now)
    {
        _flight = [];
        if (_side == Side.Server || _path.Address.Matches(address))
            return;
        _candidates.Remove(address.Remote);
        _candidates.Add(_path.Address.Remote);
        _path.Settle(address);
        ReportPath(now);
    }

    private void KeepFlight(ReadOnlySpan<byte> datagrams, int segment)
    {
        _flight = datagrams.ToArray();
        _flightSegment = segment;
        _flightNext = 0;
    }

    private bool TransmitCopy(Span<byte> buffer, out Transmit transmit)
    {
        transmit = default;
        if (!IsFirstFlight || _flight.Length == 0 || _flightNext >= _candidates.Count)
            return false;
        _flight.CopyTo(buffer);
        _bytesSent += (ulong)_flight.Length;
        transmit = new Transmit(new NetworkPath(_path.Address.Local, _candidates[_flightNext++]), _flight.Length, _flightSegment, Ecn.NotCapable);
        return true;
    }

    private void Probe(in NetworkAddress remote)
    {
        if (!_lifecycle.IsConfirmed || _peer!.DisableActiveMigration)
            return;
        var address = new NetworkPath(default, remote);
        var path = FindPath(address);
        if (path is null)
        {
            if ((_paths.Count >= Limits.Paths && !ForgetPath()) || !_remoteIds.TryTakeUnused(out var id))
                return;
            path = AddPath(address, isValidated: true);
            UseRemoteId(path, id);
        }

        if (path == _path)
            return;
        if (path.Validation.IsUnderWay)
            path.Validation.Repeat();
        else
            path.Validation.Start(_random);
    }

    private void ProbeBetter()
    {
        foreach (var remote in _candidates)
        {
            if (IsBetter(remote, _path.Address.Remote))
                Probe(remote);
        }
    }

    private void ProbeAll()
    {
        foreach (var remote in _candidates)
            Probe(remote);
    }

    // A path that stood by was validated.
    private void OnStandbyValidated(Path path, Instant now)
    {
        if (_side == Side.Server || path == _path || !(IsPathFailing || IsBetter(path.Address.Remote, _path.Address.Remote)))
            return;
        var previous = _path;
        _candidates.Remove(path.Address.Remote);
        if (!_candidates.Contains(previous.Address.Remote))
            _candidates.Add(previous.Address.Remote);
        _fallback = previous;
        _path = path;

        // What is not a probe makes the server follow (RFC 9000, section 9.2).
        _isPingPending = true;
        ReportPath(now);
    }

    private void ReportPath(Instant now)
    {
        RequestReport(_path);
        _events.Enqueue(new ConnectionEvent(ConnectionEventKind.PathChanged));
        _observer?.OnPathChanged(_path.Address, now);
    }
}
