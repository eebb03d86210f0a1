using System.IO.Pipelines;

namespace AltSendme.Abstractions;

/// <summary>
/// One bidirectional stream of bytes in a connection. It has one reader and one writer, which may be different threads.
/// Completing <see cref="IDuplexPipe.Output"/> without an exception ends the sending side (half close); the peer then reads to the end.
/// </summary>
/// <remarks>
/// Reading throws <see cref="StreamAbortedException"/> once the peer has reset its side, and writing once the peer has stopped reading; both throw
/// <see cref="ConnectionLostException"/> when the connection is gone. Flushing applies the peer's flow control, so memory stays bounded.
/// </remarks>
public interface IByteStream : IDuplexPipe, IAsyncDisposable
{
    /// <summary>
    /// Ends both directions at once: tells the peer that no more will be sent (what was not delivered is dropped) and that nothing more will be read.
    /// A second call, or one after both directions ended, does nothing.
    /// </summary>
    /// <param name="code">The reason, as the application protocol numbers it.</param>
    void Abort(CloseCode code);
}
