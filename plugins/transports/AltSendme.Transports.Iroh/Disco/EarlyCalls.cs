using AltSendme.Abstractions;
using AltSendme.Quic.Paths;

namespace AltSendme.Transports.Iroh.Disco;

/// <summary>
/// Calls from peers whose connection is not known yet: who dials by relay asks for pings with its last word of the handshake, and the call may be read before the connection is. Kept are the last few, one a
/// peer. Thread-safe.
/// </summary>
internal sealed class EarlyCalls
{
    private readonly Lock _gate = new();   // guards the list
    private readonly List<(EndpointId Peer, NetworkPath Path, byte[] Message)> _calls = new(TransportLimits.EarlyCalls);

    /// <summary>Keeps a call, opened and authentic; the oldest makes room.</summary>
    public void Keep(EndpointId peer, in NetworkPath path, byte[] message)
    {
        lock (_gate)
        {
            Forget(peer);
            if (_calls.Count == TransportLimits.EarlyCalls)
                _calls.RemoveAt(0);
            _calls.Add((peer, path, message));
        }
    }

    /// <summary>Gives a peer's call back, once.</summary>
    public bool TryTake(EndpointId peer, out NetworkPath path, out byte[] message)
    {
        lock (_gate)
        {
            var index = _calls.FindIndex(call => call.Peer == peer);
            (path, message) = index < 0 ? (default, []) : (_calls[index].Path, _calls[index].Message);
            if (index >= 0)
                _calls.RemoveAt(index);
            return index >= 0;
        }
    }

    private void Forget(EndpointId peer) => _calls.RemoveAll(call => call.Peer == peer);
}
