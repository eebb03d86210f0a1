using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Net.Quic;
using System.Text;
using System.Text.Unicode;
using AltSendme.Abstractions;
using AltSendme.DirectConnections.Dialing;
using AltSendme.DirectConnections.Streams;

namespace AltSendme.Transports.MsQuic;

/// <summary>
/// A connection of the platform's QUIC. Each side has a control stream, on which it greets, measures the round trip, and says why it closes and how much it has sent before: QUIC's own close
/// overtakes data, and carries no words through System.Net.Quic.
/// </summary>
internal sealed class MsQuicConnection : StreamConnection
{
    private const byte Ping = 0, Pong = 1, Farewell = 2;   // first bytes of what is said on a control stream
    private const int FarewellHead = 1 + (2 * sizeof(ulong));   // then the reason

    private readonly QuicConnection _quic;
    private readonly TimeProvider _time;
    private readonly long _began;
    private readonly ConcurrentDictionary<MsQuicStream, Task> _streams = [];
    private readonly SemaphoreSlim _speaking = new(1, 1);   // one writer on the control stream
    private readonly CancellationTokenSource _over = new();   // cancelled once, when the connection has ended or is to end now
    private readonly TaskCompletionSource _isClosing = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _arrived = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Task<QuicStream> _control;
    private ConnectionClosure? _closure;
    private long _sent, _received;   // bytes of all streams
    private long _announced = long.MaxValue;

    /// <summary>Takes over a connection whose handshake is done, and sets it to work.</summary>
    public MsQuicConnection(QuicConnection quic, EndpointId remoteId, Alpn protocol, TimeProvider time)
        : base(remoteId, protocol, quic.RemoteEndPoint)
    {
        _quic = quic;
        _time = time;
        _began = time.GetTimestamp();
        _control = quic.OpenOutboundStreamAsync(QuicStreamType.Unidirectional).AsTask();
        _ = Task.Run(RunAsync);   // never faults, and ends with Closed
    }

    /// <summary>The end of the connection.</summary>
    public CancellationToken Over => _over.Token;

    private StreamFailure Failure => StreamFailure.ConnectionLost(_closure!, null);

    /// <inheritdoc/>
    public override async ValueTask<IByteStream> OpenStreamAsync(CancellationToken cancellationToken = default)
    {
        if (Volatile.Read(ref _closure) is not null)
            throw Failure.ToException();
        try
        {
            var stream = Adopt(await _quic.OpenOutboundStreamAsync(QuicStreamType.Bidirectional, cancellationToken));
            stream.Start();
            return stream;
        }
        catch (Exception exception) when (LinkFailure.Is(exception))
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw new ConnectionLostException(await Closed, exception);
        }
    }

    /// <inheritdoc/>
    public override void Cut()
    {
        TryEnd(CloseInitiator.Transport, CloseCode.None, "The connection was given up.");
        _over.Cancel();
    }

    /// <summary>A stream hands so many bytes to QUIC.</summary>
    public void OnSending(int count) => Interlocked.Add(ref _sent, count);

    /// <summary>A stream has taken so many bytes from QUIC. After a farewell, these may be the last of what was sent before it.</summary>
    public void OnReceived(int count)
    {
        if (Volatile.Read(ref _announced) <= Interlocked.Add(ref _received, count))
            _arrived.TrySetResult();
    }

    /// <inheritdoc/>
    protected override void BeginClose(CloseCode code, string reason)
    {
        if (TryEnd(CloseInitiator.Local, code, reason))
            _isClosing.TrySetResult();
    }

    /// <inheritdoc/>
    protected override void OnAccepted(PipedStream stream) => ((MsQuicStream)stream).Start();

    private bool TryEnd(CloseInitiator initiator, CloseCode code, string reason) =>
        Interlocked.CompareExchange(ref _closure, new ConnectionClosure(initiator, code, reason), null) is null;

    private MsQuicStream Adopt(QuicStream quic)
    {
        var stream = new MsQuicStream(quic, this);
        _streams[stream] = Task.Run(async () =>
        {
            await stream.RunAsync();
            if (!_over.IsCancellationRequested)   // else the end of the connection tells it
                _streams.TryRemove(stream, out _);
        });
        return stream;
    }

    private Task DrainAsync() => Task.WhenAll(_streams.Keys.Select(stream => stream.DrainAsync(Failure)));

    /// <summary>Owns everything else that runs, and ends last.</summary>
    private async Task RunAsync()
    {
        var speaking = SayAsync(new[] { Ping }, isLast: false);
        var closing = SayFarewellAsync();
        var listening = Task.CompletedTask;
        try
        {
            while (true)
            {
                var quic = await _quic.AcceptInboundStreamAsync(_over.Token);
                if (quic.Type == QuicStreamType.Bidirectional)
                    Offer(Adopt(quic));
                else if (listening == Task.CompletedTask)
                    listening = ListenAsync(quic);
                else
                    await quic.DisposeAsync();
            }
        }
        catch (Exception exception)   // whatever it is, nobody may be left waiting
        {
            if (exception is QuicException { QuicError: QuicError.ConnectionAborted, ApplicationErrorCode: { } code })
                TryEnd(CloseInitiator.Peer, new CloseCode((ulong)code), "");
            TryEnd(CloseInitiator.Transport, CloseCode.None, "The connection was lost.");
        }

        await _over.CancelAsync();
        await _quic.CloseAsync((long)_closure!.Code.Value).AsTask().ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await Task.WhenAll([speaking, listening, closing, .. _streams.Values]).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        foreach (var stream in _streams.Keys)
            stream.OnConnectionEnded(Failure);
        EndStreams(Failure);
        await _quic.DisposeAsync().AsTask().ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        OnClosed(_closure);
    }

    /// <summary>Reads the peer's control stream.</summary>
    private async Task ListenAsync(QuicStream control)
    {
        await using var owned = control;
        var words = new byte[FarewellHead + ConnectionLimits.MaxReasonLength];
        var length = 0;
        while (length < words.Length && await control.ReadAsync(words.AsMemory(length), _over.Token) is > 0 and var count)
        {
            OnReady();
            for (length += count; length > 0 && words[0] is Ping or Pong; words.AsSpan(1, --length).CopyTo(words))
            {
                if (words[0] == Ping)
                    await SayAsync(new[] { Pong }, isLast: false);
                else
                    OnRoundTrip(_time.GetElapsedTime(_began));
            }
        }

        if (length < FarewellHead || words[0] != Farewell)
        {
            TryEnd(CloseInitiator.Transport, CloseCode.None, "The peer broke the transport's protocol.");
        }
        else
        {
            TryEnd(CloseInitiator.Peer, new CloseCode(BinaryPrimitives.ReadUInt64BigEndian(words.AsSpan(1))), Encoding.UTF8.GetString(words, FarewellHead, length - FarewellHead));
            _ = DrainAsync();   // each ends with its stream
            Volatile.Write(ref _announced, BinaryPrimitives.ReadInt64BigEndian(words.AsSpan(1 + sizeof(ulong))));
            OnReceived(0);
            await Task.WhenAny(_arrived.Task, Task.Delay(ConnectionLimits.DrainTime, _time, _over.Token));
        }

        await _over.CancelAsync();
    }

    /// <summary>Once asked to close, sends what was flushed, says why, and lets the peer end the connection when it has everything.</summary>
    private async Task SayFarewellAsync()
    {
        await _isClosing.Task.WaitAsync(_over.Token);
        await Task.WhenAny(DrainAsync(), Task.Delay(ConnectionLimits.DrainTime, _time, _over.Token));

        var words = new byte[FarewellHead + ConnectionLimits.MaxReasonLength];
        words[0] = Farewell;
        BinaryPrimitives.WriteUInt64BigEndian(words.AsSpan(1), _closure!.Code.Value);
        BinaryPrimitives.WriteInt64BigEndian(words.AsSpan(1 + sizeof(ulong)), Interlocked.Read(ref _sent));
        Utf8.FromUtf16(_closure.Reason, words.AsSpan(FarewellHead), out _, out var length);   // cut between characters where it is too long
        var saying = SayAsync(words.AsMemory(0, FarewellHead + length), isLast: true);
        await Task.WhenAny(Task.Delay(ConnectionLimits.DrainTime + ConnectionLimits.FarewellTime, _time, _over.Token));
        await _over.CancelAsync();
        await saying;
    }

    private async Task SayAsync(ReadOnlyMemory<byte> words, bool isLast)
    {
        await _speaking.WaitAsync(_over.Token);
        try
        {
            await (await _control).WriteAsync(words, isLast, _over.Token);
        }
        finally
        {
            _speaking.Release();
        }
    }
}
