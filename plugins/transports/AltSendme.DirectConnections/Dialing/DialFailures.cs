using System.Net.Sockets;
using AltSendme.Abstractions;

namespace AltSendme.DirectConnections.Dialing;

/// <summary>Collects what went wrong in a dial and puts it into one line.</summary>
internal sealed class DialFailures(EndpointId remote, AddressForm form)
{
    private readonly List<Attempt> _attempts = [];

    /// <summary>Notes an address that did not lead to the peer.</summary>
    public void Add(Attempt attempt) => _attempts.Add(attempt);

    /// <summary>The end of a dial in which no address led to the peer. Code <c>peer.other-key</c> when somebody else answered at one of them, else <c>peer.unreachable</c>.</summary>
    /// <param name="sourceFailure">Why no more addresses came, where that was an error.</param>
    public PeerUnreachableException ToException(Exception? sourceFailure)
    {
        var peer = remote.ToShortString();
        var other = _attempts.Find(attempt => attempt.Failure is TransportException { Code: "peer.other-key" });
        if (_attempts.Count == 0)
        {
            return new PeerUnreachableException(
                "peer.unreachable", $"No {(form.SharesPort ? "IP" : form.Scheme)} address of {peer} is known, so that a connection over {form.TransportName} can't be tried. Ask the sender for a ticket with addresses.", sourceFailure);
        }

        var tried = string.Join("; ", _attempts.Select(attempt => $"{attempt.EndPoint}: {Describe(attempt.Failure)}"));
        return other.Failure is null
            ? new PeerUnreachableException("peer.unreachable", $"{peer} can't be reached over {form.TransportName} ({tried}). Check that the sender is still running and that both are in one network.", _attempts[^1].Failure)
            : new PeerUnreachableException("peer.other-key", $"{peer} was not found, but another endpoint where it should be ({tried}). Ask the sender for a new ticket.", other.Failure);
    }

    private static string Describe(Exception? failure) => failure switch
    {
        SocketException { SocketErrorCode: SocketError.ConnectionRefused } => "connection refused",
        SocketException { SocketErrorCode: SocketError.HostUnreachable or SocketError.NetworkUnreachable } => "no route",
        SocketException { SocketErrorCode: SocketError.AddressFamilyNotSupported } => "no such network here",
        SocketException socket => socket.SocketErrorCode.ToString(),
        OperationCanceledException => "no answer in time",
        ConnectionLostException => "the peer ended the connection at once",
        TransportException transport => transport.Message,
        _ => failure?.GetType().Name ?? "unknown",
    };
}
