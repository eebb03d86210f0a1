using AltSendme.Abstractions;
using AltSendme.Core.Errors;

namespace AltSendme.Core.Paths;

/// <summary>Dials a peer on every transport at once. The first connection on which the peer proved its id wins; the other attempts are cancelled, awaited, and what they still bring is closed.</summary>
internal static class PathRace
{
    /// <exception cref="PeerUnreachableException">No transport reached the peer; the message joins what each says.</exception>
    public static async Task<IConnection> DialAsync(
        IReadOnlyList<ITransport> transports, EndpointId remote, IAsyncEnumerable<Candidate> candidates, Alpn protocol, CancellationToken cancellationToken)
    {
        // Cancelled by the caller, or by us once there is a winner.
        using var race = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var feed = new CandidateFeed(transports.Count);
        var pump = feed.PumpAsync(candidates, race.Token);
        var attempts = new List<Task<IConnection>>(transports.Count);
        for (var i = 0; i < transports.Count; i++)
            attempts.Add(AttemptAsync(transports[i], remote, feed.Reader(i, race.Token), protocol, race.Token));

        var failures = new List<Exception>();
        IConnection? winner = null;
        try
        {
            while (winner is null && attempts.Count > 0)
            {
                var ended = await Task.WhenAny(attempts);
                attempts.Remove(ended);
                if (ended.IsCompletedSuccessfully)
                    winner = await ended;
                else if (ended.Exception is { } exception)
                    failures.AddRange(exception.InnerExceptions);
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
        throw Explain(remote, failures);
    }

    private static async Task<IConnection> AttemptAsync(ITransport transport, EndpointId remote, IAsyncEnumerable<Candidate> candidates, Alpn protocol, CancellationToken cancellationToken) =>
        await transport.DialAsync(remote, candidates, protocol, cancellationToken);

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
