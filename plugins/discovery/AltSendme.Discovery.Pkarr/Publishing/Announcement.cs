using AltSendme.Abstractions;

namespace AltSendme.Discovery.Pkarr.Publishing;

/// <summary>What is to be said of this side, and how the first attempts to say it went.</summary>
/// <param name="addresses">The addresses; none takes back what was said before.</param>
/// <param name="servers">How many servers are told.</param>
internal sealed class Announcement(IReadOnlyList<EndpointAddress> addresses, int servers)
{
    private readonly TaskCompletionSource _first = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _failures;

    public IReadOnlyList<EndpointAddress> Addresses => addresses;

    /// <summary>Completes once a server has it, or with the last failure once every one has failed.</summary>
    public Task First => _first.Task;

    public void Succeeded() => _first.TrySetResult();

    public void Failed(DiscoveryException failure)
    {
        if (Interlocked.Increment(ref _failures) == servers)
            _first.TrySetException(failure);
    }

    /// <summary>Something else is said now.</summary>
    public void Supersede() => _first.TrySetResult();
}
