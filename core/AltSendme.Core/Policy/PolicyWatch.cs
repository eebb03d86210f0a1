using AltSendme.Core.Policy.Sources;

namespace AltSendme.Core.Policy;

/// <summary>
/// Puts changes of policy in force while the program runs. It looks every two seconds: sources are a few small files or keys, and what tells of changes (inotify and its like) is not heard through mounts, by the registry
/// and from device management alike.
/// </summary>
internal sealed class PolicyWatch : IAsyncDisposable
{
    /// <summary>Time between looks.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    private readonly PolicyDecisionPoint _policy;
    private readonly IReadOnlyList<IPolicySource> _sources;
    private readonly CancellationTokenSource _over = new();   // cancelled by DisposeAsync only
    private readonly Task _running;

    public PolicyWatch(PolicyDecisionPoint policy, IReadOnlyList<IPolicySource> sources, TimeProvider timeProvider)
    {
        _policy = policy;
        _sources = sources;
        _running = sources.Count == 0 ? Task.CompletedTask : RunAsync(timeProvider);
    }

    public async ValueTask DisposeAsync()
    {
        await _over.CancelAsync();
        await _running;
        _over.Dispose();
    }

    private async Task RunAsync(TimeProvider timeProvider)
    {
        using var timer = new PeriodicTimer(Interval, timeProvider);
        try
        {
            while (await timer.WaitForNextTickAsync(_over.Token))
            {
                var policy = PolicyLoader.Load(_sources);
                if (!policy.SaysTheSame(_policy.Policy))
                    _policy.Replace(policy);
            }
        }
        catch (OperationCanceledException)
        {
            // The end of the program.
        }
    }
}
