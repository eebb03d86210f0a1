namespace AltSendme.Abstractions;

/// <summary>The peer reset a stream or stopped reading it. The connection and its other streams live on.</summary>
/// <param name="streamCode">The peer's reason, as the application protocol numbers it.</param>
public sealed class StreamAbortedException(CloseCode streamCode)
    : TransportException("stream.aborted", $"The peer ended the stream (code {streamCode}).")
{
    /// <summary>The peer's reason.</summary>
    public CloseCode StreamCode { get; } = streamCode;
}
