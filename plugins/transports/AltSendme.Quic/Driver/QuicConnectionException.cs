using System.IO;

namespace AltSendme.Quic.Driver;

/// <summary>A connection could not be made, or is no more.</summary>
public sealed class QuicConnectionException : IOException
{
    /// <summary>Says why.</summary>
    public QuicConnectionException(QuicCloseReason reason)
        : base(Describe(reason)) => Reason = reason;

    /// <summary>What happened.</summary>
    public QuicCloseReason Reason { get; }

    private static string Describe(QuicCloseReason reason)
    {
        var sentence = reason.Failure switch
        {
            QuicFailure.ClosedHere => "The connection was closed at this end",
            QuicFailure.ClosedByPeer => "The peer closed the connection",
            QuicFailure.TimedOut => "The peer did not answer in time; check that it is running and can be reached",
            QuicFailure.WrongPeer => "The peer is not the one that was expected; check its endpoint id and address",
            QuicFailure.NoCommonProtocol => "The peer does not offer this protocol; check that both programs are of matching versions",
            QuicFailure.Refused => "The peer takes no new connections now; try again later",
            QuicFailure.HandshakeFailed => "The handshake failed",
            QuicFailure.NoCommonVersion => "The peer does not speak QUIC version 1",
            QuicFailure.Forgotten => "The peer does not know the connection any more; connect again",
            QuicFailure.InternalError => "Something in this program failed",
            _ => "The rules of QUIC were broken",
        };
        return reason.Text.Length > 0 ? $"{sentence} (code {reason.Code}: {reason.Text})." : $"{sentence} (code {reason.Code}).";
    }
}
