using AltSendme.Abstractions;

namespace AltSendme.Core.Discovery;

/// <summary>Keeps what each service says of this side true while its addresses change. A service that hangs holds up no other. Whoever starts it disposes it.</summary>
internal sealed class Announcement : IAsyncDisposable
{
    /// <summary>How long the caller waits to hear how the first announcements went; they go on after it.</summary>
    public static readonly TimeSpan FirstLimit = TimeSpan.FromSeconds(5);

    private const string NothingToSay = "";

    private readonly TimeProvider _timeProvider;
    private readonly CancellationTokenSource _over = new();   // cancelled by DisposeAsync only
    private readonly List<(DiscoveryService Service, TaskCompletionSource<string?> First)> _firsts = [];
    private readonly List<Task> _running = [];

    public Announcement(IReadOnlyList<DiscoveryService> services, Func<CancellationToken, IAsyncEnumerable<IReadOnlyList<EndpointAddress>>> addresses, TimeProvider timeProvider)
    {
        _timeProvider = timeProvider;
        foreach (var service in services)
        {
            var first = new TaskCompletionSource<string?>(TaskCreationOptions.RunContinuationsAsynchronously);
            _firsts.Add((service, first));
            _running.Add(FollowAsync(service, addresses(_over.Token), first));
        }
    }

    /// <summary>How the first announcements went; services that were given nothing to say are left out.</summary>
    public async Task<IReadOnlyList<AnnouncementOutcome>> FirstOutcomesAsync(CancellationToken cancellationToken)
    {
        try
        {
            await Task.WhenAll(_firsts.Select(static first => first.First.Task)).WaitAsync(FirstLimit, _timeProvider, cancellationToken);
        }
        catch (TimeoutException)
        {
            // Those that have not answered are named as such.
        }

        var outcomes = new List<AnnouncementOutcome>();
        foreach (var (service, first) in _firsts)
        {
            var failure = first.Task.IsCompletedSuccessfully ? await first.Task : $"gave no answer within {FirstLimit.TotalSeconds:0} seconds";
            if (failure != NothingToSay)
                outcomes.Add(new AnnouncementOutcome(service.Name, service.IsLocalNetwork, failure));
        }

        return outcomes;
    }

    public async ValueTask DisposeAsync()
    {
        await _over.CancelAsync();
        await Task.WhenAll(_running);
        _over.Dispose();
    }

    private async Task FollowAsync(DiscoveryService service, IAsyncEnumerable<IReadOnlyList<EndpointAddress>> addresses, TaskCompletionSource<string?> first)
    {
        IReadOnlyList<EndpointAddress> announced = [];
        try
        {
            await foreach (var list in addresses)
            {
                var publishable = service.Publishable(list);
                if (publishable.SequenceEqual(announced))
                {
                    first.TrySetResult(NothingToSay);
                    continue;
                }

                var failure = await service.PublishAsync(publishable, _over.Token);
                announced = publishable;
                first.TrySetResult(failure);
            }
        }
        catch (OperationCanceledException) when (_over.IsCancellationRequested)
        {
            // Withdrawn.
        }
        finally
        {
            first.TrySetResult(NothingToSay);
        }
    }
}
