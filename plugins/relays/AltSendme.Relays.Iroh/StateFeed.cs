using System.Runtime.CompilerServices;
using AltSendme.Abstractions;

namespace AltSendme.Relays.Iroh;

/// <summary>The state of a tunnel: the value now, and every change for whoever watches. Each state knows the one after it, so that watchers go at their own pace.</summary>
internal sealed class StateFeed
{
    private readonly Lock _gate = new();
    private volatile Entry _last = new(new RelayState(RelayStatus.Connecting));

    public RelayState Current => _last.State;

    /// <summary>Sets the state; equal states are one. Nothing follows <see cref="RelayStatus.Closed"/>.</summary>
    public void Set(RelayState state)
    {
        // Set by the tunnel's loop and by its disposal; the lock orders the two.
        lock (_gate)
        {
            if (_last.State == state || _last.State.Status == RelayStatus.Closed)
                return;
            var entry = new Entry(state);
            var before = _last;
            _last = entry;
            before.Next.SetResult(entry);
        }
    }

    public async IAsyncEnumerable<RelayState> WatchAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (var entry = _last; ; entry = await entry.Next.Task.WaitAsync(cancellationToken))
        {
            yield return entry.State;
            if (entry.State.Status == RelayStatus.Closed)
                yield break;
        }
    }

    private sealed class Entry(RelayState state)
    {
        public RelayState State { get; } = state;

        public TaskCompletionSource<Entry> Next { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
