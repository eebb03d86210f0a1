using AltSendme.Abstractions;
using AltSendme.Blobs.Bao;
using AltSendme.Blobs.Protocol;
using AltSendme.Blobs.Protocol.Requests;
using AltSendme.Blobs.Stores;

namespace AltSendme.Core.Receiving;

/// <summary>One try to fetch something over one connection, and what is known of how it goes. Owned by a <see cref="SenderLink"/>.</summary>
internal sealed class LinkAttempt
{
    private readonly TimeProvider _timeProvider;
    private readonly CancellationTokenSource _stop;
    private TaskCompletionSource? _delivery;
    private long _lastSign;
    private int _deliveries;
    private int _seen;
    private int _writing;
    private int _requests;

    public LinkAttempt(IConnection connection, Func<LinkAttempt, CancellationToken, Task> body, TimeProvider timeProvider, CancellationToken cancellationToken)
    {
        Connection = connection;
        _timeProvider = timeProvider;
        _lastSign = timeProvider.GetTimestamp();
        _stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Running = body(this, _stop.Token);
    }

    public IConnection Connection { get; }

    /// <summary>The try itself.</summary>
    public Task Running { get; }

    /// <summary>When something last arrived, or the try began: a timestamp. While this side is busy with what arrived, or has asked for nothing, that is now.</summary>
    public long LastSign => Volatile.Read(ref _writing) > 0 || Volatile.Read(ref _requests) == 0 ? _timeProvider.GetTimestamp() : Interlocked.Read(ref _lastSign);

    /// <summary>Whether something arrived since <see cref="Forget"/>.</summary>
    public bool HasDelivered => Volatile.Read(ref _deliveries) != _seen;

    /// <summary>From now on only new deliveries count.</summary>
    public void Forget() => _seen = Volatile.Read(ref _deliveries);

    /// <summary>Completes at the next delivery; one at a time may wait.</summary>
    public Task NextDeliveryAsync()
    {
        var signal = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Interlocked.Exchange(ref _delivery, signal);
        return HasDelivered ? Task.CompletedTask : signal.Task;
    }

    /// <summary>Asks for something on a stream of its own and hands it to <paramref name="target"/>, whose sinks were made with <see cref="Watch"/>. Several may run at once.</summary>
    /// <param name="request">What to ask for.</param>
    /// <param name="target">Where it goes.</param>
    /// <param name="what">Names what is being fetched at the moment, for errors.</param>
    /// <param name="cancellationToken">Ends the request.</param>
    public async Task FetchAsync(GetRequest request, IGetTarget target, Func<string> what, CancellationToken cancellationToken)
    {
        if (Interlocked.Increment(ref _requests) == 1)
            Interlocked.Exchange(ref _lastSign, _timeProvider.GetTimestamp());
        try
        {
            await BlobFailures.GuardAsync(
                async () =>
                {
                    await using var stream = await Connection.OpenStreamAsync(cancellationToken);
                    await BlobGetter.GetAsync(stream, request, target, cancellationToken);
                },
                what);
        }
        finally
        {
            Interlocked.Decrement(ref _requests);
        }
    }

    /// <summary>The same sink, with an eye on when something reaches it.</summary>
    public IBlobSink Watch(IBlobSink sink) => new WatchedSink(this, sink);

    /// <summary>Ends the try if it still runs, and waits for its end; never throws.</summary>
    public async Task StopAsync()
    {
        await _stop.CancelAsync();
        await Running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
    }

    private void Deliver()
    {
        Interlocked.Exchange(ref _lastSign, _timeProvider.GetTimestamp());
        Interlocked.Increment(ref _deliveries);
        if (Volatile.Read(ref _delivery) is not null)
            Interlocked.Exchange(ref _delivery, null)?.TrySetResult();
    }

    private sealed class WatchedSink(LinkAttempt attempt, IBlobSink sink) : IBlobSink
    {
        public ValueTask BeginAsync(long statedSize, CancellationToken cancellationToken) => sink.BeginAsync(statedSize, cancellationToken);

        // A slow drive or pipe on this side is no fault of the sender's.
        public async ValueTask WriteAsync(VerifiedBatch batch, CancellationToken cancellationToken)
        {
            Interlocked.Increment(ref attempt._writing);
            try
            {
                await sink.WriteAsync(batch, cancellationToken);
            }
            finally
            {
                attempt.Deliver();
                Interlocked.Decrement(ref attempt._writing);
            }
        }

        public async ValueTask EndAsync(CancellationToken cancellationToken)
        {
            Interlocked.Increment(ref attempt._writing);
            try
            {
                await sink.EndAsync(cancellationToken);
            }
            finally
            {
                attempt.Deliver();
                Interlocked.Decrement(ref attempt._writing);
            }
        }
    }
}
