using System.Runtime.CompilerServices;
using AltSendme.Abstractions;
using AltSendme.Primitives.Concurrency;

namespace AltSendme.Core.Paths;

/// <summary>The addresses of several transports as one list that follows them all.</summary>
internal sealed class AddressUnion(IReadOnlyList<ITransport> transports)
{
    /// <summary>The list once every transport has told its own, and again after each change, without repeats, until the enumeration is cancelled or all transports have ended.</summary>
    public async IAsyncEnumerable<IReadOnlyList<EndpointAddress>> WatchAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // Cancelled by the caller, or by us when the enumeration is left early.
        using var left = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var union = new Latest<IReadOnlyList<EndpointAddress>?>(null);
        var lists = new IReadOnlyList<EndpointAddress>?[transports.Count];
        var gate = new Lock();   // guards the lists, which the transports change on threads of their own
        var following = Task.WhenAll(transports.Select((transport, index) => FollowAsync(transport, index, left.Token)));
        var ended = following.ContinueWith(_ => union.Complete(), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        try
        {
            await foreach (var list in union.WatchAsync(cancellationToken))
            {
                if (list is not null)
                    yield return list;
            }
        }
        finally
        {
            await left.CancelAsync();
            await ended;
        }

        async Task FollowAsync(ITransport transport, int index, CancellationToken token)
        {
            try
            {
                await foreach (var list in transport.WatchAddressesAsync(token))
                {
                    lock (gate)
                    {
                        lists[index] = list;
                        if (Array.TrueForAll(lists, static known => known is not null))
                            union.Set([.. lists.SelectMany(static known => known!).Distinct()]);
                    }
                }
            }
            catch (OperationCanceledException) when (token.IsCancellationRequested)
            {
                // The end that the caller asked for.
            }
        }
    }
}
