using AltSendme.Abstractions;

namespace AltSendme.DirectConnections.Streams;

/// <summary>Why one direction of a stream can't go on. Makes a fresh exception a throw, so that stack traces stay true.</summary>
public sealed class StreamFailure
{
    /// <summary>This side has aborted or disposed the stream.</summary>
    public static readonly StreamFailure EndedHere = new();

    private readonly CloseCode? _code;
    private readonly ConnectionClosure? _closure;
    private readonly Exception? _cause;

    private StreamFailure()
    {
    }

    private StreamFailure(CloseCode code) => _code = code;

    private StreamFailure(ConnectionClosure closure, Exception? cause)
    {
        _closure = closure;
        _cause = cause;
    }

    /// <summary>Whether bytes that arrived before are dropped rather than read first.</summary>
    public bool IsImmediate => _closure is null;

    /// <summary>The peer reset its half or stopped reading this side's.</summary>
    public static StreamFailure AbortedByPeer(CloseCode code) => new(code);

    /// <summary>The connection has ended.</summary>
    public static StreamFailure ConnectionLost(ConnectionClosure closure, Exception? cause) => new(closure, cause);

    /// <summary>What the reader or writer gets to see.</summary>
    public Exception ToException() =>
        _code is { } code ? new StreamAbortedException(code)
        : _closure is not null ? new ConnectionLostException(_closure, _cause)
        : new TransportException("stream.ended", "This side has ended the stream already.");
}
