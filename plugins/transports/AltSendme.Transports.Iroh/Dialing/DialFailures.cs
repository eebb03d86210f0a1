using AltSendme.Abstractions;
using AltSendme.Quic.Driver;

namespace AltSendme.Transports.Iroh.Dialing;

/// <summary>Collects what went wrong in a dial and puts it into one line.</summary>
internal sealed class DialFailures(EndpointId remote)
{
    private readonly List<(EndpointAddress Address, Exception Cause)> _attempts = [];

    /// <summary>Why no more candidates came, where that was an error.</summary>
    public Exception? SourceFailure { get; set; }

    /// <summary>Notes an address that did not lead to the peer.</summary>
    public void Add(EndpointAddress address, Exception cause) => _attempts.Add((address, cause));

    /// <summary>The end of a dial in which no address led to the peer. Code <c>peer.other-key</c> when somebody else answered at one of them, else <c>peer.unreachable</c>.</summary>
    public PeerUnreachableException ToException()
    {
        var peer = remote.ToShortString();
        if (_attempts.Count == 0)
            return new PeerUnreachableException("peer.unreachable", $"No address of {peer} is known. Ask the sender for a ticket with addresses or a relay.", SourceFailure);
        var tried = string.Join("; ", _attempts.Select(attempt => $"{attempt.Address.Text}: {Describe(attempt.Cause)}"));
        var other = _attempts.Find(static attempt => attempt.Cause is QuicConnectionException { Reason.Failure: QuicFailure.WrongPeer }).Cause;
        return other is null
            ? new PeerUnreachableException("peer.unreachable", $"{peer} can't be reached over QUIC ({tried}). Check that the sender is still running and that no firewall drops UDP.", _attempts[^1].Cause)
            : new PeerUnreachableException("peer.other-key", $"{peer} was not found, but another endpoint where it should be ({tried}). Ask the sender for a new ticket.", other);
    }

    private static string Describe(Exception cause) => cause switch
    {
        QuicConnectionException { Reason.Failure: var failure } => failure switch
        {
            QuicFailure.TimedOut => "no answer in time",
            QuicFailure.WrongPeer => "another endpoint answered",
            QuicFailure.NoCommonProtocol => "the peer does not offer this protocol",
            QuicFailure.Refused => "the peer takes no new connections now",
            QuicFailure.ClosedByPeer => "the peer ended the connection at once",
            QuicFailure.ClosedHere => "given up on this side",
            QuicFailure.NoCommonVersion => "the peer speaks no version of QUIC that is known here",
            _ => "the handshake failed",
        },
        AltSendmeException known => known.Message,
        _ => cause.GetType().Name,
    };
}
