using System.Runtime.CompilerServices;
using AltSendme.Abstractions;

namespace AltSendme.Core.Relays;

/// <summary>
/// Keeps choosing the relay to be reachable through: measures all of them at the same time, now and then, and names the order to whoever watches. The pool owns it and disposes it.
/// </summary>
internal sealed class HomeRelay : IAsyncDisposable
{
    /// <summary>How long relays are waited for in a round; the slowest may miss it.</summary>
    public static readonly TimeSpan RoundLimit = TimeSpan.FromSeconds(3);

    /// <summary>Time between rounds while a relay answers.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromMinutes(2);

    /// <summary>Time between rounds while none does.</summary>
    public static readonly TimeSpan RetryInterval = TimeSpan.FromSeconds(5);

    private readonly IReadOnlyList<Uri> _relays;
    private readonly IReadOnlyList<Uri> _others;
    private readonly Action _onOthers;
    private readonly Func<Uri, CancellationToken, ValueTask<RelayReport>>? _measure;
    private readonly TimeProvider _timeProvider;
    private readonly HomeRelayChoice _choice;
    private readonly CancellationTokenSource _stop = new();   // cancelled by DisposeAsync only
    private readonly Task _running;

    // The order now, and what completes with the next one.
    private volatile Preference _preference = new(null);

    /// <param name="relays">The relays.</param>
    /// <param name="measure">Asks one; <see langword="null"/> where that is not possible.</param>
    /// <param name="timeProvider">The clock.</param>
    /// <param name="others">Relays that take their place while none of them answers.</param>
    /// <param name="onOthers">Told each time they do.</param>
    public HomeRelay(IReadOnlyList<Uri> relays, Func<Uri, CancellationToken, ValueTask<RelayReport>>? measure, TimeProvider timeProvider, IReadOnlyList<Uri>? others = null, Action? onOthers = null)
    {
        _relays = relays;
        _others = others ?? [];
        _onOthers = onOthers ?? (static () => { });
        _measure = measure;
        _timeProvider = timeProvider;
        _choice = new HomeRelayChoice(relays);
        _running = RunAsync(_stop.Token);
    }

    /// <summary>The order once it is known, and each change of its first; ends when this is disposed.</summary>
    public async IAsyncEnumerable<IReadOnlyList<Uri>> WatchAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (var preference = _preference; ; preference = await preference.Next.Task.WaitAsync(cancellationToken))
        {
            if (preference.Order is { } order)
                yield return order;
            if (preference.IsLast)
                yield break;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running;
        _stop.Dispose();
    }

    private async Task RunAsync(CancellationToken stop)
    {
        try
        {
            // Nothing to choose, or nothing to choose by: the order of the settings.
            if (_measure is null || (_relays.Count == 1 && _others.Count == 0))
            {
                Publish(_relays);
                await Task.Delay(Timeout.InfiniteTimeSpan, _timeProvider, stop);
            }

            // As with a single relay, one missed answer is forgiven.
            var (isOthers, misses, hasAnswered) = (false, 0, false);
            while (true)
            {
                var latencies = await MeasureAsync(_relays, stop);
                var wereOthers = isOthers;
                misses = latencies.All(static latency => latency is null) ? misses + 1 : 0;
                hasAnswered |= misses == 0;
                isOthers = _others.Count > 0 && misses > (hasAnswered && !wereOthers ? 1 : 0);
                if (isOthers && !wereOthers)
                {
                    _onOthers();
                    var choice = new HomeRelayChoice(_others);
                    choice.Update(await MeasureAsync(_others, stop));
                    Publish(choice.Order);
                }
                else if (!isOthers && (_choice.Update(latencies) || wereOthers || _preference.Order is null))
                {
                    Publish(_choice.Order);
                }

                await Task.Delay(latencies.Any(static latency => latency is not null) ? Interval : RetryInterval, _timeProvider, stop);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            _preference.Next.TrySetResult(new Preference(null) { IsLast = true });
        }
    }

    private void Publish(IReadOnlyList<Uri> order)
    {
        var before = _preference;
        _preference = new Preference(order);
        before.Next.TrySetResult(_preference);
    }

    private async Task<TimeSpan?[]> MeasureAsync(IReadOnlyList<Uri> relays, CancellationToken stop)
    {
        // Cancelled when the round is over, or by DisposeAsync.
        using var limit = new CancellationTokenSource(RoundLimit, _timeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, stop);
        return await Task.WhenAll(relays.Select(relay => MeasureAsync(relay, either.Token, stop)));
    }

    private async Task<TimeSpan?> MeasureAsync(Uri relay, CancellationToken round, CancellationToken stop)
    {
        try
        {
            return (await _measure!(relay, round)).Latency;
        }
        catch (Exception exception) when (!stop.IsCancellationRequested && exception is not OutOfMemoryException)
        {
            // Too late for this round, or a plugin that throws though it should not: no answer either way.
            return null;
        }
    }

    private sealed class Preference(IReadOnlyList<Uri>? order)
    {
        public IReadOnlyList<Uri>? Order => order;

        public bool IsLast { get; init; }

        public TaskCompletionSource<Preference> Next { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
