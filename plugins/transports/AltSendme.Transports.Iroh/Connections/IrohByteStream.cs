using System.IO.Pipelines;
using AltSendme.Abstractions;
using AltSendme.Quic.Driver;

namespace AltSendme.Transports.Iroh.Connections;

/// <summary>A QUIC stream as the host knows streams.</summary>
internal sealed class IrohByteStream : IByteStream
{
    private readonly QuicStream _quic;
    private readonly StreamInput _input;
    private readonly StreamOutput _output;

    /// <summary>Takes over a bidirectional stream.</summary>
    public IrohByteStream(QuicStream quic)
    {
        _quic = quic;
        _input = new StreamInput(quic.Input);
        _output = new StreamOutput(quic.Output);
    }

    /// <inheritdoc/>
    public PipeReader Input => _input;

    /// <inheritdoc/>
    public PipeWriter Output => _output;

    /// <inheritdoc/>
    public void Abort(CloseCode code)
    {
        _output.IsEndedHere = true;
        _input.IsEndedHere = true;
        _quic.Reset(code.Value);
        _quic.StopReading(code.Value);
    }

    /// <summary>Ends what has not been ended: a half that was not completed is reset, the other one stopped, both with code 0. Data of a completed half is still delivered.</summary>
    public ValueTask DisposeAsync()
    {
        Abort(CloseCode.None);
        return ValueTask.CompletedTask;
    }
}
