using System.Buffers;
using System.IO.Pipelines;
using AltSendme.Quic.Streams;

namespace AltSendme.Quic.Driver;

/// <summary>Between the pipes and the core, on the endpoint's thread: the pipes resume these methods there.</summary>
public sealed partial class QuicStream
{
    private const int OutputBuffer = 512 << 10;
    private const int InputBuffer = 1 << 20;
    private const int BytesPerFlush = 256 << 10;

    private readonly Pipe? _incoming;
    private readonly Pipe? _outgoing;
    private Exception? _inputFault;
    private Exception? _outputFault;
    private bool _isInputOver;
    private bool _isOutputOver;

    internal ulong Number => _id.Value;

    internal LoopSignal Readable { get; } = new();

    internal LoopSignal Writable { get; } = new();

    private Connection Core => _connection.Core;

    internal void Start()
    {
        _isInputOver = _incoming is null;
        _isOutputOver = _outgoing is null;
        if (_outgoing is null)
            _sent.TrySetResult();

        // Both run until their half is over, which the end of the connection brings about; neither throws.
        if (_incoming is not null)
            _ = ReceiveAsync(_incoming.Writer);
        if (_outgoing is not null)
            _ = SendAsync(_outgoing.Reader);
    }

    internal void OnSent()
    {
        _sent.TrySetResult();
        RemoveIfOver();
    }

    internal void OnStopped(ulong errorCode) => FailOutput(QuicStreamException.StoppedByPeer(errorCode));

    /// <summary>The connection is no more. Bytes that came before the end are delivered first, unless this end chose not to have them.</summary>
    internal void OnConnectionClosed(QuicConnectionException fault, bool deliversRest)
    {
        if (deliversRest && !_isInputOver && _inputFault is null)
            DeliverRest(fault);
        FailInput(fault);
        FailOutput(fault);
    }

    /// <summary>Nobody wants the stream that was opened.</summary>
    internal void GiveUp()
    {
        ResetNow(0);
        if (_incoming is not null)
            StopNow(0);
    }

    private void ResetNow(ulong errorCode)
    {
        Core.Reset(_id, errorCode);
        FailOutput(new QuicStreamException(errorCode));
        _connection.Activate();
    }

    private void StopNow(ulong errorCode)
    {
        Core.Stop(_id, errorCode);
        FailInput(new QuicStreamException(errorCode));
        _connection.Activate();
    }

    private void FailInput(Exception fault)
    {
        if (_isInputOver)
            return;
        _inputFault ??= fault;
        _incoming!.Writer.CancelPendingFlush();
        Readable.Set();
    }

    private void FailOutput(Exception fault)
    {
        if (_outgoing is null)
            return;
        _outputFault ??= fault;
        if (_isOutputOver)
        {
            SetUnsent(fault);
            return;
        }

        // The pump tells the writer first and then whoever waits for the end.
        _outgoing.Reader.CancelPendingRead();
        Writable.Set();
    }

    private async Task ReceiveAsync(PipeWriter writer)
    {
        var fault = await FillAsync(writer).ConfigureAwait(false);
        await writer.CompleteAsync(fault).ConfigureAwait(false);
        _isInputOver = true;
        RemoveIfOver();
    }

    private async Task<Exception?> FillAsync(PipeWriter writer)
    {
        while (true)
        {
            var status = Fill(writer, out var errorCode);
            _connection.Activate();
            if (status == StreamReadStatus.Reset)
                return QuicStreamException.ResetByPeer(errorCode);
            if (status == StreamReadStatus.Finished)
                return null;

            // A reader that completed has posted what to tell the peer.
            await writer.FlushAsync().ConfigureAwait(false);
            if (_inputFault is not null)
                return _inputFault;
            if (status == StreamReadStatus.Closed)
                return _connection.FaultOfClosedStream;
            if (status == StreamReadStatus.Blocked)
                await Readable.WaitAsync().ConfigureAwait(false);
            if (_inputFault is not null)
                return _inputFault;
        }
    }

    private StreamReadStatus Fill(PipeWriter writer, out ulong errorCode)
    {
        var total = 0;
        while (true)
        {
            var result = Core.Read(_id, writer.GetSpan(SegmentPool.SegmentSize), _connection.Now);
            errorCode = result.ErrorCode;
            if (result.Status != StreamReadStatus.Data)
                return result.Status;
            writer.Advance(result.Count);
            total += result.Count;
            if (total >= BytesPerFlush)
                return StreamReadStatus.Data;
        }
    }

    // Past the pipe's bound, but no more than the core holds already: it is about to be disposed. The pump finds the pipe completed.
    private void DeliverRest(QuicConnectionException fault)
    {
        StreamReadStatus status;
        ulong errorCode;
        do
            status = Fill(_incoming!.Writer, out errorCode);
        while (status == StreamReadStatus.Data);
        if (status != StreamReadStatus.Finished)
            _input!.EndWith(status == StreamReadStatus.Reset ? QuicStreamException.ResetByPeer(errorCode) : fault);
        _incoming.Writer.Complete();
    }

    private async Task SendAsync(PipeReader reader)
    {
        var fault = await DrainAsync(reader).ConfigureAwait(false);
        await reader.CompleteAsync(fault).ConfigureAwait(false);
        _isOutputOver = true;
        if (fault is not null)
            SetUnsent(fault);
        _connection.Activate();
        RemoveIfOver();
    }

    private async Task<Exception?> DrainAsync(PipeReader reader)
    {
        try
        {
            while (true)
            {
                var read = await reader.ReadAsync().ConfigureAwait(false);
                if (_outputFault is not null)
                    return _outputFault;
                var rest = read.Buffer;
                while (!rest.IsEmpty)
                {
                    rest = rest.Slice(Write(rest, out var status));
                    _connection.Activate();
                    if (status == StreamWriteStatus.Blocked)
                        await Writable.WaitAsync().ConfigureAwait(false);
                    if (_outputFault is not null || status is StreamWriteStatus.Stopped or StreamWriteStatus.Closed)
                        return _outputFault ?? _connection.FaultOfClosedStream;
                }

                reader.AdvanceTo(read.Buffer.End);
                if (!read.IsCompleted)
                    continue;
                Core.Finish(_id);
                return null;
            }
        }
        catch (Exception given)
        {
            // The writer was completed with it, and has posted the reset.
            return given;
        }
    }

    private long Write(in ReadOnlySequence<byte> bytes, out StreamWriteStatus status)
    {
        status = StreamWriteStatus.Accepted;
        var written = 0L;
        foreach (var segment in bytes)
        {
            var result = Core.Write(_id, segment.Span);
            written += result.Count;
            if (result.Status == StreamWriteStatus.Accepted && result.Count == segment.Length)
                continue;
            status = result.Status == StreamWriteStatus.Accepted ? StreamWriteStatus.Blocked : result.Status;
            break;
        }

        return written;
    }

    private void SetUnsent(Exception fault)
    {
        if (_sent.TrySetException(fault))
            _ = _sent.Task.Exception;
    }

    private void RemoveIfOver()
    {
        if (_isInputOver && _isOutputOver && _sent.Task.IsCompleted)
            _connection.OnStreamDone(this);
    }
}
