using System.IO.Pipelines;
using AltSendme.Abstractions;

namespace AltSendme.Core.Paths;

/// <summary>A stream that keeps to the rates of the process.</summary>
internal sealed class PacedStream(IByteStream inner, RateLimit sending, RateLimit receiving) : IByteStream
{
    public PipeReader Input { get; } = new PacedReader(inner.Input, receiving);

    public PipeWriter Output { get; } = new PacedWriter(inner.Output, sending);

    public void Abort(CloseCode code) => inner.Abort(code);

    public ValueTask DisposeAsync() => inner.DisposeAsync();
}
