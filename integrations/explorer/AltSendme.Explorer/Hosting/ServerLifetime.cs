namespace AltSendme.Explorer.Hosting;

/// <summary>
/// Knows when nobody needs the server's process any more: no object of ours is held, nothing of ours runs, for a while. That an object was let go is learned from the garbage collector, as source-generated COM has no other
/// word for it.
/// </summary>
/// <param name="clock">The clock.</param>
internal sealed class ServerLifetime(TimeProvider clock)
{
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(10);

    // Guards the task below: calls come on any thread.
    private readonly Lock _gate = new();
    private Task _running = Task.CompletedTask;
    private int _reasons;
    private int _calls;

    /// <summary>Whether something keeps the process now.</summary>
    public bool IsNeeded => Volatile.Read(ref _reasons) > 0;

    /// <summary>What was begun and is not done.</summary>
    public Task Running
    {
        get
        {
            lock (_gate)
                return _running;
        }
    }

    /// <summary>One reason more to stay.</summary>
    public void Enter()
    {
        Interlocked.Increment(ref _calls);
        Interlocked.Increment(ref _reasons);
    }

    /// <summary>One less.</summary>
    public void Leave() => Interlocked.Decrement(ref _reasons);

    /// <summary>Begins what takes longer than a call may, and keeps the process until it is done. It tells its faults itself.</summary>
    public void Run(Func<Task> action)
    {
        Enter();
        lock (_gate)
            _running = Task.WhenAll(_running, Task.Run(action).ContinueWith(_ => Leave(), TaskScheduler.Default));
    }

    /// <summary>Waits until nothing has kept the process for a while.</summary>
    public async Task WaitAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(Quiet, clock);
        var before = -1;
        while (await timer.WaitForNextTickAsync(cancellationToken))
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
            var calls = Volatile.Read(ref _calls);
            if (!IsNeeded && calls == before)
                return;
            before = calls;
        }
    }
}
