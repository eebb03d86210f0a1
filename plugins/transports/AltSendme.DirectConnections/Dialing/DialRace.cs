using System.Net;
using AltSendme.Abstractions;
using Microsoft.Extensions.Logging;

namespace AltSendme.DirectConnections.Dialing;

/// <summary>
/// One dial: tries the candidates as they arrive, a new one whenever the last has failed or kept silent for a moment (RFC 8305, section 5), and gives back the
/// first connection that proved the peer. Losers are cancelled and awaited before it returns.
/// </summary>
/// <param name="remote">Who is dialled.</param>
/// <param name="form">Which candidates are the transport's.</param>
/// <param name="connect">One attempt: the connection, its handshake and the peer's consent.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">Gets every failed attempt.</param>
internal sealed class DialRace(EndpointId remote, AddressForm form, Func<IPEndPoint, CancellationToken, Task<IConnection>> connect, TimeProvider time, ILogger logger)
{
    private readonly CandidateQueue _queue = new(form);
    private readonly DialFailures _failures = new(remote, form);
    private readonly List<Task<Attempt>> _running = [];
    private Task<Arrival>? _arriving;   // null once the source has ended

    /// <summary>Runs the race.</summary>
    /// <exception cref="PeerUnreachableException">The candidates ended and none led to the peer.</exception>
    public async Task<IConnection> RunAsync(IAsyncEnumerable<Candidate> candidates, CancellationToken cancellationToken)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);   // cancelled by the caller, and here when the race is over
        var source = candidates.GetAsyncEnumerator(over.Token);
        _arriving = NextAsync(source);
        try
        {
            return await RunAsync(source, over.Token);
        }
        finally
        {
            await over.CancelAsync();
            foreach (var attempt in _running)
            {
                if ((await attempt).Connection is { } loser)
                    await loser.DisposeAsync();
            }

            if (_arriving is null || await EndsAsync(_arriving))
                await source.DisposeAsync();
        }
    }

    private async Task<IConnection> RunAsync(IAsyncEnumerator<Candidate> source, CancellationToken over)
    {
        Exception? sourceFailure = null;
        Task? silence = null;
        while (true)
        {
            if (!_queue.IsEmpty && (_running.Count == 0 || silence is null or { IsCompleted: true }))
            {
                _running.Add(TryAsync(_queue.Take(), over));
                silence = Task.Delay(DialLimits.AttemptDelay, time, over);
            }

            if (_running.Count == 0 && _queue.IsEmpty && _arriving is null)
                throw _failures.ToException(sourceFailure);

            await WaitAsync(_queue.IsEmpty ? null : silence);
            over.ThrowIfCancellationRequested();

            if (_arriving is { IsCompleted: true } arrived)
            {
                var arrival = await arrived;
                sourceFailure = arrival.Failure;
                if (arrival.Candidate is { } candidate)
                    _queue.Add(candidate);
                _arriving = arrival.Candidate is null ? null : NextAsync(source);
            }

            for (var i = _running.Count - 1; i >= 0; i--)
            {
                if (!_running[i].IsCompleted)
                    continue;
                var attempt = await _running[i];
                _running.RemoveAt(i);
                if (attempt.Connection is not null)
                    return attempt.Connection;
                _failures.Add(attempt);
                silence = null;   // no reason to wait for one that has failed
            }
        }
    }

    private async Task WaitAsync(Task? silence)
    {
        var awaited = new List<Task>(_running);
        if (_arriving is not null)
            awaited.Add(_arriving);
        if (silence is not null)
            awaited.Add(silence);
        await Task.WhenAny(awaited);
    }

    private async Task<Attempt> TryAsync(IPEndPoint endPoint, CancellationToken over)
    {
        try
        {
            using var limit = new CancellationTokenSource(DialLimits.HandshakeTime, time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, over);   // the time limit, or the end of the race
            return new Attempt(endPoint, await connect(endPoint, either.Token), null);
        }
        catch (Exception exception) when (exception is TransportException || LinkFailure.Is(exception))
        {
            logger.AttemptFailed(endPoint, remote.ToShortString(), exception);
            return new Attempt(endPoint, null, exception);
        }
    }

    /// <summary>Waits for a source that has been cancelled. One that does not listen is left to whoever made it: it must not keep the winner waiting.</summary>
    private async Task<bool> EndsAsync(Task arriving)
    {
        try
        {
            await arriving.WaitAsync(DialLimits.SourceEndTime, time);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }

    /// <summary>The next candidate; none at the end of the source or when it failed, in whatever way. Never faults.</summary>
    private static async Task<Arrival> NextAsync(IAsyncEnumerator<Candidate> source)
    {
        try
        {
            return await source.MoveNextAsync() ? new Arrival(source.Current, null) : default;
        }
        catch (Exception exception)
        {
            return new Arrival(null, exception);
        }
    }

    private readonly record struct Arrival(Candidate? Candidate, Exception? Failure);
}
