using System.Buffers;
using System.IO.Pipelines;
using AltSendme.Abstractions;
using AltSendme.DirectConnections.Streams;
using AltSendme.Transports.Tls.Multiplexing;
using AltSendme.Transports.Tls.Wire;

namespace AltSendme.Transports.Tls.Connections;

/// <summary>One stream of a connection: the connection's receive loop writes what arrives, its send loop takes what leaves.</summary>
internal sealed class TlsByteStream : PipedStream, IStreamEnds
{
    // Arrivals: no limit of its own, because flow control has bounded them before. Continuations of the application never run on the loops' threads.
    private static readonly PipeOptions InputOptions = new(BlockPool.Instance, pauseWriterThreshold: 0, useSynchronizationContext: false);

    private static readonly PipeOptions OutputOptions = new(
        BlockPool.Instance,
        pauseWriterThreshold: MuxLimits.OutgoingPause,
        resumeWriterThreshold: MuxLimits.OutgoingPause / 2,
        useSynchronizationContext: false);

    private readonly TlsConnection _connection;
    private readonly StreamState _state;

    internal TlsByteStream(TlsConnection connection, StreamState state)
        : base(InputOptions, OutputOptions)
    {
        _connection = connection;
        _state = state;
        state.Ends = this;
    }

    protected override void OnConsumed(long length) => _connection.OnConsumed(_state, length);

    protected override void OnOutgoing() => _connection.OnOutgoing(_state);

    protected override void ReleaseInput() => _connection.ReleaseInput(_state);

    protected override void ResetOutput(CloseCode code) => _connection.ResetOutput(_state, code);

    protected override void EndBoth(CloseCode code) => _connection.Abort(_state, code);

    /// <summary>Moves up to <paramref name="allowance"/> waiting bytes into a data frame, and the end behind the last of them.</summary>
    /// <param name="destination">Room for frames; a data frame takes what fits.</param>
    /// <param name="allowance">Bytes that the peer takes.</param>
    internal OutgoingTurn TakeOutgoing(Span<byte> destination, int allowance)
    {
        if (!Leaving.TryRead(out var result))
            return default;

        var room = destination.Length - (2 * Frame.MaxHeaderLength);
        var length = (int)Math.Min(result.Buffer.Length, Math.Min(allowance, room));
        var written = 0;
        var rest = result.Buffer;
        if (length > 0)
        {
            written = FrameWriter.Write(destination, Frame.Data(_state.Id, length));
            rest.Slice(0, length).CopyTo(destination[written..]);
            written += length;
            rest = rest.Slice(length);
        }

        var finished = result.IsCompleted && rest.IsEmpty;
        if (finished)
            written += FrameWriter.Write(destination[written..], Frame.Fin(_state.Id));
        Leaving.AdvanceTo(rest.Start);
        return new OutgoingTurn(length, written, !rest.IsEmpty, finished);
    }
}
