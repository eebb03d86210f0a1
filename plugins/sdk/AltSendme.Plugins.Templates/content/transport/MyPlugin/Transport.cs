using System.Runtime.CompilerServices;
using AltSendme.Abstractions;

namespace MyPlugin;

/// <summary>
/// Carries connections for one identity. This one reaches nobody: it shows where each answer belongs. A connection's remote id must be proved before anybody gets the object;
/// <see cref="EndpointContext.Identity"/> signs for this side.
/// </summary>
internal sealed class Transport(EndpointContext endpoint) : ITransport
{
    private readonly CancellationTokenSource _stop = new();

    /// <summary>Who this side is, and the way to relays.</summary>
    public EndpointContext Endpoint => endpoint;

    // The port that others of the session should use too; null for a transport without ports.
    public ValueTask<int?> ListenAsync(ListenOptions options, CancellationToken cancellationToken = default) => ValueTask.FromResult<int?>(null);

    public async IAsyncEnumerable<IConnection> AcceptAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token, cancellationToken);
        await Task.Delay(Timeout.InfiniteTimeSpan, either.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        cancellationToken.ThrowIfCancellationRequested();
        yield break;
    }

    public async ValueTask<IConnection> DialAsync(EndpointId remote, IAsyncEnumerable<Candidate> candidates, Alpn protocol, CancellationToken cancellationToken = default)
    {
        // Take the candidates of your own scheme while they come, ignore the others, give back the first connection that is proved.
        await foreach (var candidate in candidates.WithCancellation(cancellationToken))
        {
            if (candidate.Address.Scheme == "myplugin")
                continue;
        }

        throw new PeerUnreachableException("peer.unreachable", $"The peer {remote.ToShortString()} can't be reached by {nameof(MyPlugin)}.");
    }

    public async IAsyncEnumerable<IReadOnlyList<EndpointAddress>> WatchAddressesAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await Task.CompletedTask;
        yield return [];
    }

    public async ValueTask DisposeAsync() => await _stop.CancelAsync();
}
