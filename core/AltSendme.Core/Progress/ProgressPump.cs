namespace AltSendme.Core.Progress;

/// <summary>
/// Turns counts that change thousands of times a second into a few events: a timer of its own samples them, and keeps the process's garbage bounded meanwhile. Disposing it stops the timer, waits for a sample that runs, and takes a last one.
/// </summary>
internal sealed class ProgressPump : IAsyncDisposable
{
    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(200);

    private readonly Action _sample;
    private readonly GarbageBound _garbage = new();
    private readonly ITimer _timer;

    // Guards against two samples at once, should one take longer than the period.
    private readonly Lock _sampling = new();
    private bool _ended;

    public ProgressPump(TimeProvider timeProvider, Action sample)
    {
        _sample = sample;
        _timer = timeProvider.CreateTimer(static state => ((ProgressPump)state!).Sample(), this, Period, Period);
    }

    public async ValueTask DisposeAsync()
    {
        await _timer.DisposeAsync();
        lock (_sampling)
        {
            if (!_ended)
                _sample();
            _ended = true;
        }
    }

    private void Sample()
    {
        lock (_sampling)
        {
            if (_ended)
                return;
            _sample();
            _garbage.Check();
        }
    }
}
