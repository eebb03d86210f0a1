using System.Runtime.CompilerServices;

namespace AltSendme.Primitives.Concurrency;

/// <summary>A value that changes, and those who watch it: each sees the value now and then the newest after every change; what it missed meanwhile is skipped. Thread-safe.</summary>
public sealed class Latest<T>(T initial)
{
    private readonly Lock _gate = new();   // guards the two below
    private TaskCompletionSource<bool> _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private T _value = initial;

    /// <summary>The value now.</summary>
    public T Value
    {
        get
        {
            lock (_gate)
                return _value;
        }
    }

    /// <summary>Changes the value and tells the watchers; does nothing after <see cref="Complete"/>.</summary>
    public void Set(T value)
    {
        TaskCompletionSource<bool> before;
        lock (_gate)
        {
            if (_changed.Task.IsCompleted)
                return;
            _value = value;
            before = _changed;
            _changed = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        before.TrySetResult(true);
    }

    /// <summary>Ends all enumerations.</summary>
    public void Complete()
    {
        lock (_gate)
            _changed.TrySetResult(false);
    }

    /// <summary>The value now and then after each change, until <see cref="Complete"/>.</summary>
    /// <exception cref="OperationCanceledException">The watcher gave up.</exception>
    public async IAsyncEnumerable<T> WatchAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var goesOn = true;
        while (goesOn)
        {
            Task<bool> changed;
            T value;
            lock (_gate)
            {
                changed = _changed.Task;
                value = _value;
            }

            yield return value;
            goesOn = await changed.WaitAsync(cancellationToken);
        }
    }
}
