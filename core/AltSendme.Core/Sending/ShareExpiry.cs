namespace AltSendme.Core.Sending;

/// <summary>When a share ends by itself: after the time that its user wants or that policy allows, whichever is shorter. Policy may shorten it while the share runs.</summary>
internal sealed class ShareExpiry(DateTimeOffset started, TimeSpan? lifetime, CoreServices services)
{
    // Longer than that no timer waits at once.
    private static readonly TimeSpan MaxDelay = TimeSpan.FromDays(1);

    private volatile bool _isOver;

    /// <summary>When it ends, as things stand; <see langword="null"/> for never.</summary>
    public DateTimeOffset? End
    {
        get
        {
            var most = services.Policy.Policy.MaxLifetime;
            var time = lifetime is null || most < lifetime ? most : lifetime;
            return time is { } span ? started + span : null;
        }
    }

    /// <summary>Whether the time is over.</summary>
    public bool IsOver => _isOver;

    /// <summary>Cancels a share when its time is over; ends when it is cancelled by others.</summary>
    public async Task CancelAsync(CancellationTokenSource share)
    {
        var stop = share.Token;
        try
        {
            while (true)
            {
                var changed = services.Policy.Changed;
                var left = End is { } end ? end - services.TimeProvider.GetUtcNow() : MaxDelay;
                if (left <= TimeSpan.Zero)
                    break;
                using var waiting = CancellationTokenSource.CreateLinkedTokenSource(stop);
                await Task.WhenAny(changed, Task.Delay(left < MaxDelay ? left : MaxDelay, services.TimeProvider, waiting.Token));
                stop.ThrowIfCancellationRequested();
                await waiting.CancelAsync();
            }

            _isOver = true;
            await share.CancelAsync();
        }
        catch (OperationCanceledException)
        {
            // The share ended before.
        }
    }
}
