using System.Threading.Tasks.Sources;

namespace AltSendme.Quic.Driver;

/// <summary>Lets one method of the endpoint's thread wait for another: set once, waited for once, without allocation. A set without a waiter is remembered. Only for that thread.</summary>
internal sealed class LoopSignal : IValueTaskSource
{
    private ManualResetValueTaskSourceCore<bool> _source;
    private bool _isWaiting;
    private bool _isSet;

    /// <summary>Waits. The continuation runs inside <see cref="Set"/>.</summary>
    public ValueTask WaitAsync()
    {
        if (_isSet)
        {
            _isSet = false;
            return ValueTask.CompletedTask;
        }

        _source.Reset();
        _isWaiting = true;
        return new ValueTask(this, _source.Version);
    }

    /// <summary>Wakes the waiter.</summary>
    public void Set()
    {
        if (!_isWaiting)
        {
            _isSet = true;
            return;
        }

        _isWaiting = false;
        _source.SetResult(true);
    }

    void IValueTaskSource.GetResult(short token) => _source.GetResult(token);

    ValueTaskSourceStatus IValueTaskSource.GetStatus(short token) => _source.GetStatus(token);

    void IValueTaskSource.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) => _source.OnCompleted(continuation, state, token, flags);
}
