using AltSendme.Abstractions;
using AltSendme.Quic.Driver;

namespace AltSendme.Transports.Iroh.Connections;

/// <summary>What went wrong in QUIC, in the words of the contract.</summary>
internal static class StreamFaults
{
    /// <summary>How a connection ended.</summary>
    public static ConnectionClosure ToClosure(QuicCloseReason reason) => reason.Failure switch
    {
        QuicFailure.ClosedHere => new ConnectionClosure(CloseInitiator.Local, new CloseCode(reason.Code), reason.Text),
        QuicFailure.ClosedByPeer => new ConnectionClosure(CloseInitiator.Peer, new CloseCode(reason.Code), reason.Text),
        _ => new ConnectionClosure(CloseInitiator.Transport, CloseCode.None, reason.Text),
    };

    /// <summary>A fault of a stream or connection; <see langword="null"/> for any other exception.</summary>
    public static TransportException? TryTranslate(Exception exception) => exception switch
    {
        QuicStreamException stream => new StreamAbortedException(new CloseCode(stream.ErrorCode)),
        QuicConnectionException connection => new ConnectionLostException(ToClosure(connection.Reason), connection),
        _ => null,
    };

    /// <summary>A fault of a connection.</summary>
    public static ConnectionLostException Translate(QuicConnectionException exception) => new(ToClosure(exception.Reason), exception);

    /// <summary>This side has ended the stream.</summary>
    public static TransportException EndedHere() => new("stream.ended", "This side has ended the stream already.");
}
