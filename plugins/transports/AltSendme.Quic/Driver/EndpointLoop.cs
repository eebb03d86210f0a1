using System.Collections.Concurrent;
using System.IO.Pipelines;

namespace AltSendme.Quic.Driver;

/// <summary>The thread that owns an endpoint: runs what is posted to it and, in between, one turn after another. It sleeps in the datagram path.</summary>
internal sealed class EndpointLoop : PipeScheduler
{
    private const int Awake = 0;
    private const int Asleep = 1;
    private const int ItemsPerTurn = 256;

    private static readonly TimeSpan LongestSleep = TimeSpan.FromHours(1);

    private readonly IDatagramPath _path;
    private readonly TimeProvider _clock;
    private readonly ITurn _turn;
    private readonly long _origin;
    private readonly ConcurrentQueue<WorkItem> _work = new();
    private readonly Lock _afterwards = new();
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _sleep;
    private volatile bool _hasEnded;

    /// <summary>Prepares the thread.</summary>
    public EndpointLoop(IDatagramPath path, TimeProvider clock, ITurn turn)
    {
        _path = path;
        _clock = clock;
        _turn = turn;
        _origin = clock.GetTimestamp();
    }

    /// <summary>What the thread does besides running what is posted.</summary>
    internal interface ITurn
    {
        /// <summary>Does all that can be done now. False when the endpoint is through.</summary>
        bool Take(Instant now, out Sleep sleep);

        /// <summary>The thread ends; <paramref name="fault"/> is what ended it, if it was not the user.</summary>
        void End(Exception? fault);
    }

    /// <summary>Completes when the thread has ended.</summary>
    public Task Ended => _ended.Task;

    /// <summary>The time now.</summary>
    public Instant Now => new(_clock.GetElapsedTime(_origin).Ticks / TimeSpan.TicksPerMicrosecond);

    /// <summary>Starts the thread.</summary>
    public void Start() => new Thread(Run) { IsBackground = true, Name = "QUIC endpoint" }.Start();

    /// <inheritdoc />
    public override void Schedule(Action<object?> action, object? state)
    {
        _work.Enqueue(new WorkItem(action, state));
        if (Interlocked.Exchange(ref _sleep, Awake) == Asleep)
            _path.Wake();

        // There is no thread any more: whoever comes too late finds everything closed, and does it itself.
        if (_hasEnded)
            RunAfterwards();
    }

    /// <summary>Runs a function on the thread.</summary>
    public Task<T> InvokeAsync<T>(Func<T> function)
    {
        var result = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        Schedule(_ =>
        {
            try
            {
                result.TrySetResult(function());
            }
            catch (Exception fault)
            {
                result.TrySetException(fault);
            }
        }, null);
        return result.Task;
    }

    private void Run()
    {
        Exception? fault = null;
        try
        {
            while (true)
            {
                RunWork(ItemsPerTurn);
                if (!_turn.Take(Now, out var sleep))
                    break;
                if (sleep.Until > Now)
                    SleepUntil(sleep);
            }
        }
        catch (Exception unexpected)
        {
            fault = unexpected;
        }

        _turn.End(fault);
        RunWork(int.MaxValue);
        _hasEnded = true;
        RunAfterwards();
        _ended.TrySetResult();
    }

    private void SleepUntil(in Sleep sleep)
    {
        Interlocked.Exchange(ref _sleep, Asleep);
        if (_work.IsEmpty)
        {
            var time = sleep.Until == Instant.Never ? LongestSleep : sleep.Until - Now;
            if (time > TimeSpan.Zero)
                _path.Wait(time < LongestSleep ? time : LongestSleep, sleep.ForSending);
        }

        Interlocked.Exchange(ref _sleep, Awake);
    }

    // Bounded, so that those who post a lot do not keep the network waiting.
    private void RunWork(int limit)
    {
        for (var i = 0; i < limit && _work.TryDequeue(out var item); i++)
            item.Action(item.State);
    }

    private void RunAfterwards()
    {
        lock (_afterwards)
            RunWork(int.MaxValue);
    }

    /// <summary>How long the thread may sleep.</summary>
    /// <param name="Until">When it must wake.</param>
    /// <param name="ForSending">Whether room for sending must wake it, too.</param>
    internal readonly record struct Sleep(Instant Until, bool ForSending);

    private readonly record struct WorkItem(Action<object?> Action, object? State);
}
