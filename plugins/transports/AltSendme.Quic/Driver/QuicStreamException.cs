using System.IO;

namespace AltSendme.Quic.Driver;

/// <summary>One half of a stream was given up: by the peer, when it comes out of a stream; by us, when a half of a stream is completed with it.</summary>
public sealed class QuicStreamException : IOException
{
    /// <summary>Gives up with a code of the application's protocol.</summary>
    public QuicStreamException(ulong errorCode)
        : this(errorCode, $"The stream was given up with code {errorCode}.")
    {
    }

    private QuicStreamException(ulong errorCode, string message)
        : base(message) => ErrorCode = errorCode;

    /// <summary>Code of the application's protocol.</summary>
    public ulong ErrorCode { get; }

    internal static QuicStreamException ResetByPeer(ulong errorCode) => new(errorCode, $"The peer gave up sending on the stream (RESET_STREAM, code {errorCode}).");

    internal static QuicStreamException StoppedByPeer(ulong errorCode) => new(errorCode, $"The peer does not want the stream any more (STOP_SENDING, code {errorCode}).");
}
