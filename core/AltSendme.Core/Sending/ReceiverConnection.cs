using AltSendme.Abstractions;
using AltSendme.Blobs.Protocol;
using AltSendme.Core.Paths;
using AltSendme.Core.Progress;

namespace AltSendme.Core.Sending;

/// <summary>Serves one receiver's connection until it ends: every stream is one request, several at once. Owns the connection.</summary>
internal sealed class ReceiverConnection(IConnection connection, int number, Share share, ServedContent served, TimeProvider timeProvider, IProgress<TransferEvent> progress)
{
    private const int MaxStreams = 16;
    private static readonly TimeSpan CloseLimit = TimeSpan.FromSeconds(3);

    private readonly TimeProvider _timeProvider = timeProvider;
    private readonly BlobProvider _provider = new(share.Store, timeProvider);
    private readonly RateMeter _rate = new(timeProvider);
    private long _started;
    private readonly string _peer = connection.RemoteId.ToShortString();
    private long _sent;
    private long _reported;
    private long _lastTaken = timeProvider.GetTimestamp();

    /// <summary>Who it is.</summary>
    public EndpointId RemoteId => connection.RemoteId;

    /// <summary>When the receiver last asked for something or took some of an answer: a timestamp.</summary>
    public long LastTaken => Interlocked.Read(ref _lastTaken);

    /// <summary>Whether the receiver has verified everything.</summary>
    public bool HasEverything { get; private set; }

    /// <summary>Answers requests until the connection ends. Never throws for what the receiver does.</summary>
    public async Task ServeAsync(CancellationToken cancellationToken)
    {
        var path = connection.Path;
        progress.Report(new ReceiverConnected(_peer, number, path));
        using var over = new CancellationTokenSource();   // cancelled below, when nothing is served any more
        var watch = PathWatch.RunAsync(connection, path, moved => progress.Report(new PathChanged(_peer, number, moved)), over.Token);
        var streams = new List<Task>();

        // Outlives the streams, which give their places back at their end.
        using var slots = new SemaphoreSlim(MaxStreams);
        try
        {
            while (true)
            {
                await slots.WaitAsync(cancellationToken);
                if (await connection.AcceptStreamAsync(cancellationToken) is not { } stream)
                    break;
                streams.RemoveAll(static task => task.IsCompleted);
                streams.Add(ServeAsync(stream, slots, cancellationToken));
            }

            await Task.WhenAll(streams);
            Conclude(await connection.Closed.WaitAsync(cancellationToken));
        }
        catch (ConnectionLostException exception)
        {
            await Task.WhenAll(streams);
            Conclude(exception.Closure);
        }
        catch (OperationCanceledException)
        {
            // The share ends; whoever ended it closes the connection with the reason.
        }
        finally
        {
            await Task.WhenAll(streams);
            await over.CancelAsync();
            await watch;
        }
    }

    /// <summary>Ends the connection from this side; never throws.</summary>
    public async Task CloseAsync(CloseCode code, string reason)
    {
        using var limit = new CancellationTokenSource(CloseLimit, _timeProvider);
        try
        {
            await connection.CloseAsync(code, reason, limit.Token);
            await connection.DisposeAsync();
        }
        catch (Exception exception) when (exception is AltSendmeException or OperationCanceledException or IOException)
        {
            // The receiver is gone already.
        }
    }

    /// <summary>Tells how far the receiver is, when that has changed.</summary>
    public void Sample()
    {
        var sent = Interlocked.Read(ref _sent);
        var perSecond = _rate.Sample(sent);
        if (sent == _reported)
            return;
        _reported = sent;
        progress.Report(new ReceiverProgressed(number, _peer, Math.Min(sent, share.Bytes), share.Bytes, perSecond));
    }

    private async Task ServeAsync(IByteStream stream, SemaphoreSlim slots, CancellationToken cancellationToken)
    {
        var watch = new AnswerWatch(share, served, Count);
        await using (stream)
        {
            try
            {
                Interlocked.Exchange(ref _lastTaken, _timeProvider.GetTimestamp());
                var result = await _provider.ServeAsync(stream, watch, cancellationToken);
                if (result.StreamError is { } code)
                    stream.Abort(new CloseCode(code));
                if (result.Outcome is ServeOutcome.Unavailable or ServeOutcome.NotFound or ServeOutcome.Refused)
                    progress.Report(new RequestRefused(number, _peer, result.Fault?.Message ?? Reason(result.Outcome)));
            }
            catch (Exception exception) when (exception is TransportException or IOException)
            {
                // The stream or connection ended under the answer; the accept loop learns about the connection by itself.
            }
            catch (OperationCanceledException)
            {
                stream.Abort(TransferCloseCodes.Terminating);
            }
            finally
            {
                watch.Conclude();
                slots.Release();
            }
        }
    }

    private void Count(long bytes)
    {
        Interlocked.Exchange(ref _lastTaken, _timeProvider.GetTimestamp());
        if (bytes > 0 && Interlocked.Add(ref _sent, bytes) == bytes)
            _started = _timeProvider.GetTimestamp();
    }

    private void Conclude(ConnectionClosure closure)
    {
        Sample();
        var sent = Interlocked.Read(ref _sent);

        // Ours say so; iroh's tools just close in good order once they have everything, over however many connections.
        HasEverything = closure.Initiator == CloseInitiator.Peer && (closure.Code == TransferCloseCodes.Verified || (closure.Code == TransferCloseCodes.Done && served.IsWhole));
        if (HasEverything)
            progress.Report(new ReceiverCompleted(number, _peer, sent, sent > 0 ? _timeProvider.GetElapsedTime(_started) : TimeSpan.Zero));
        else
            progress.Report(new ReceiverLeft(number, _peer, sent, Describe(closure)));
    }

    private static string Describe(ConnectionClosure closure) => closure.Initiator switch
    {
        CloseInitiator.Peer when closure.Code == TransferCloseCodes.Stopped => "it stopped; it can go on later with the same ticket.",
        CloseInitiator.Peer => $"it closed the connection{(closure.Reason.Length > 0 ? $" ({closure.Reason})" : "")}.",
        CloseInitiator.Local when closure.Code == TransferCloseCodes.Busy => "it took nothing for a while, and others waited; it can go on with the same ticket.",
        CloseInitiator.Local => "the share ended.",
        _ => "the connection was lost; it can go on with the same ticket.",
    };

    private static string Reason(ServeOutcome outcome) => outcome == ServeOutcome.Refused ? "the request is not allowed." : "it asked for content that is not part of this share.";
}
