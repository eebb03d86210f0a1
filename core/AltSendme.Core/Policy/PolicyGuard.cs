namespace AltSendme.Core.Policy;

/// <summary>Ends what is under way when a change of policy no longer allows it.</summary>
internal static class PolicyGuard
{
    /// <summary>Runs something for as long as policy allows it.</summary>
    /// <param name="policy">The policy, which may change.</param>
    /// <param name="judge">Asked now and at each change.</param>
    /// <param name="body">What to run; it ends when its token is cancelled.</param>
    /// <param name="cancellationToken">Ends it for the caller's own reasons.</param>
    /// <exception cref="Abstractions.PolicyException">Policy ended it.</exception>
    public static async Task<T> RunAsync<T>(PolicyDecisionPoint policy, Func<PolicyVerdict> judge, Func<CancellationToken, Task<T>> body, CancellationToken cancellationToken)
    {
        // Cancelled by the caller, by a refusal, or by us at the end.
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var watching = WatchAsync(policy, judge, stop);
        try
        {
            var result = await body(stop.Token);
            await stop.CancelAsync();
            (await watching).ThrowIfDenied();
            return result;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            await stop.CancelAsync();
            (await watching).ThrowIfDenied();
            throw;
        }
        finally
        {
            await stop.CancelAsync();
            await watching;
        }
    }

    private static async Task<PolicyVerdict> WatchAsync(PolicyDecisionPoint policy, Func<PolicyVerdict> judge, CancellationTokenSource stop)
    {
        while (true)
        {
            var changed = policy.Changed;
            var verdict = judge();
            if (!verdict.IsAllowed)
            {
                await stop.CancelAsync();
                return verdict;
            }

            try
            {
                await changed.WaitAsync(stop.Token);
            }
            catch (OperationCanceledException)
            {
                return PolicyVerdict.Allowed;
            }
        }
    }
}
