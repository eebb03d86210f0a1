using System.Globalization;
using System.Runtime.CompilerServices;
using AltSendme.Service.Client.Contract;

namespace AltSendme.Service.Events;

/// <summary>
/// The latest events, a bounded number of them. Watchers read at their own pace and hold nothing here; one that falls behind further than the ring reaches, or comes back after a restart, is told to
/// ask for the lists again.
/// </summary>
internal sealed class EventRing
{
    /// <summary>Events that are kept: at five a second a transfer, some minutes of an ordinary day.</summary>
    public const int Capacity = 1024;

    // Guards the ring: sessions publish from any thread.
    private readonly Lock _gate = new();
    private readonly ServiceEvent[] _ring = new ServiceEvent[Capacity];

    // Tells one run from another, no more: random bytes would bring OpenSSL into a service that has nothing to do, 6 MiB of it.
    private readonly string _run = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds().ToString("x", CultureInfo.InvariantCulture);
    private long _count;
    private TaskCompletionSource _more = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Adds an event.</summary>
    public void Publish(ServiceEvent value)
    {
        TaskCompletionSource waiting;
        lock (_gate)
        {
            _ring[_count % Capacity] = value with { Position = Position(_count + 1) };
            _count++;
            waiting = _more;
            _more = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        waiting.TrySetResult();
    }

    /// <summary>Events from a position on, as they come. Without a known position the first one is <see cref="ServiceEventType.Reset"/>, and what follows is new.</summary>
    /// <param name="after">Position of the last event that the watcher knows.</param>
    /// <param name="subject">Share or receive to hear of; <see langword="null"/> for all.</param>
    /// <param name="cancellationToken">Ends the stream.</param>
    public async IAsyncEnumerable<ServiceEvent> WatchAsync(string? after, string? subject, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var next = Find(after);
        if (next is null)
            yield return Reset(out next);
        while (!cancellationToken.IsCancellationRequested)
        {
            if (!TryRead(next.Value, out var value, out var more))
            {
                yield return Reset(out next);
                continue;
            }

            if (value is null)
            {
                await more.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                continue;
            }

            next++;
            if (subject is null || value.Subject == subject || value.Subject is null)
                yield return value;
        }
    }

    private string Position(long number) => string.Create(CultureInfo.InvariantCulture, $"{_run}-{number}");

    private long? Find(string? position)
    {
        if (position is null || !position.StartsWith(_run, StringComparison.Ordinal) || position.Length <= _run.Length + 1)
            return null;
        if (!long.TryParse(position.AsSpan(_run.Length + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            return null;
        lock (_gate)
            return number <= _count && number >= _count - Capacity ? number : null;
    }

    private ServiceEvent Reset([System.Diagnostics.CodeAnalysis.NotNull] out long? next)
    {
        lock (_gate)
            next = _count;
        return new ServiceEvent(ServiceEventType.Reset, null) { Position = Position(next.Value) };
    }

    /// <returns><see langword="false"/> when the event is no longer there.</returns>
    private bool TryRead(long index, out ServiceEvent? value, out Task more)
    {
        lock (_gate)
        {
            more = _more.Task;
            value = index < _count ? _ring[index % Capacity] : null;
            return index >= _count - Capacity;
        }
    }
}
