using AltSendme.Abstractions;
using AltSendme.Core.Errors;
using AltSendme.Core.Policy;

namespace AltSendme.Core.Paths;

/// <summary>
/// Dials a peer on several transports, one after the other as RFC 8305 does with addresses: the next one starts a quarter of a second after the one before, or as soon as that has failed. The first
/// connection on which the peer proved its id wins; the other attempts are cancelled, awaited, and what they still bring is closed.
/// </summary>
internal static class PathRace
{
    /// <summary>Head start of each transport before the next one (RFC 8305, section 8: Connection Attempt Delay).</summary>
    public static readonly TimeSpan Stagger = TimeSpan.FromMilliseconds(250);

    /// <param name="transports">The transports, the preferred one first. Each sees all candidates and takes those of its schemes.</param>
    /// <param name="remote">Whom to reach.</param>
    /// <param name="candidates">Where it may be; may grow while the race runs.</param>
    /// <param name="protocol">What to speak.</param>
    /// <param name="judge">What policy says to an address.</param>
    /// <param name="timeProvider">The clock.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="PeerUnreachableException">No transport reached the peer; the message joins what each says.</exception>
    /// <exception cref="PolicyException">Policy held back every address.</exception>
    public static async Task<IConnection> DialAsync(
        IReadOnlyList<ITransport> transports, EndpointId remote, IAsyncEnumerable<Candidate> candidates, Alpn protocol, Func<EndpointAddress, PolicyVerdict> judge, TimeProvider timeProvider, CancellationToken cancellationToken)
    {
        // Cancelled by the caller, or by us once there is a winner.
        using var race = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var feed = new CandidateFeed(transports.Count, judge);
        var pump = feed.PumpAsync(candidates, race.Token);
        var attempts = new List<Task<IConnection>>(transports.Count);
        var failures = new List<Exception>();
        var started = 0;
        var headStart = Task.CompletedTask;
        IConnection? winner = null;
        try
        {
            while (winner is null && (attempts.Count > 0 || started < transports.Count))
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (started < transports.Count && headStart.IsCompleted)
                {
                    attempts.Add(AttemptAsync(transports[started], remote, feed.Reader(started, race.Token), protocol, judge, race.Token));
                    headStart = ++started < transports.Count ? Task.Delay(Stagger, timeProvider, race.Token) : Task.CompletedTask;
                }

                IEnumerable<Task> next = started < transports.Count ? [.. attempts, headStart] : attempts;
                var ended = await Task.WhenAny(next);
                if (ended is not Task<IConnection> attempt)
                    continue;
                attempts.Remove(attempt);
                if (attempt.IsCompletedSuccessfully)
                {
                    winner = await attempt;
                    continue;
                }

                // Whoever fails gives the rest of its head start away.
                failures.AddRange(attempt.Exception?.InnerExceptions ?? []);
                headStart = Task.CompletedTask;
            }
        }
        finally
        {
            await race.CancelAsync();
            await pump;
            foreach (var attempt in attempts)
                await DiscardAsync(attempt);
        }

        if (winner is not null)
            return winner;
        cancellationToken.ThrowIfCancellationRequested();
        throw feed.Refusal ?? Explain(remote, failures);
    }

    private static async Task<IConnection> AttemptAsync(ITransport transport, EndpointId remote, IAsyncEnumerable<Candidate> candidates, Alpn protocol, Func<EndpointAddress, PolicyVerdict> judge, CancellationToken cancellationToken)
    {
        var connection = await transport.DialAsync(remote, candidates, protocol, cancellationToken);

        // A transport may know of ways that no candidate named; not all of them ask for each.
        var verdict = judge(connection.Path.Remote);
        if (verdict.IsAllowed)
            return connection;
        await connection.DisposeAsync();
        throw verdict.ToException();
    }

    private static async Task DiscardAsync(Task<IConnection> attempt)
    {
        try
        {
            var late = await attempt;
            await late.DisposeAsync();
        }
        catch (Exception exception) when (exception is AltSendmeException or OperationCanceledException or IOException or InvalidOperationException)
        {
            // The loser's reason matters to nobody once there is a winner or the caller gave up.
        }
    }

    private static Exception Explain(EndpointId remote, List<Exception> failures)
    {
        if (failures is [AltSendmeException only])
            return only;
        var reasons = string.Join(" ", failures.Select(static failure => failure.Message).Distinct());
        return new PeerUnreachableException(ErrorCodes.PeerUnreachable, $"The peer {remote.ToShortString()} could not be reached. {reasons}".TrimEnd(), failures.Count > 0 ? failures[0] : null);
    }
}
