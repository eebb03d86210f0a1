namespace AltSendme.Quic.Driver;

/// <summary>Why a connection is no more, or never came to be.</summary>
public enum QuicFailure
{
    /// <summary>It was closed at this end.</summary>
    ClosedHere,

    /// <summary>The peer's application closed it; there is a code and a text.</summary>
    ClosedByPeer,

    /// <summary>Nothing came from the peer for too long, or the handshake took too long.</summary>
    TimedOut,

    /// <summary>Who answered has another key than the expected one; or the peer said so of us.</summary>
    WrongPeer,

    /// <summary>The ends have no application protocol in common.</summary>
    NoCommonProtocol,

    /// <summary>The peer takes no new connection.</summary>
    Refused,

    /// <summary>The ends could not agree on how to encrypt, or the peer proved nothing.</summary>
    HandshakeFailed,

    /// <summary>The peer speaks no version of QUIC that this end knows.</summary>
    NoCommonVersion,

    /// <summary>The peer forgot the connection: it was started again, or gave up.</summary>
    Forgotten,

    /// <summary>One end broke the rules of QUIC.</summary>
    ProtocolViolation,

    /// <summary>Something in this program failed, such as the signing of a handshake; the text says what.</summary>
    InternalError,
}
