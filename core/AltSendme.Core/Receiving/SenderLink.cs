using System.Runtime.CompilerServices;
using AltSendme.Abstractions;
using AltSendme.Core.Errors;
using AltSendme.Core.Paths;
using AltSendme.Core.Progress;
using AltSendme.Core.Tickets;

namespace AltSendme.Core.Receiving;

/// <summary>
/// The connection to a ticket's sender: made when it is first wanted, and again after a loss. Owns the endpoint session and the connection.
/// </summary>
/// <param name="session">Who dials.</param>
/// <param name="ticket">Whom.</param>
/// <param name="retryFor">How long a lost connection is tried again without progress.</param>
/// <param name="timeProvider">The clock.</param>
/// <param name="progress">Hears of connections and losses.</param>
/// <param name="afterwards">A sentence that says what a later run can go on from; ends the messages of losses.</param>
internal sealed class SenderLink(EndpointSession session, BlobTicket ticket, TimeSpan retryFor, TimeProvider timeProvider, IProgress<TransferEvent> progress, string afterwards) : IAsyncDisposable
{
    private static readonly TimeSpan FirstDelay = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan LongestDelay = TimeSpan.FromSeconds(8);
    private static readonly TimeSpan CloseLimit = TimeSpan.FromSeconds(3);

    private readonly string _peer = ticket.Endpoint.ToShortString();
    private IConnection? _connection;

    /// <summary>
    /// Runs <paramref name="attempt"/> on a connection to the sender, and again on a new one each time the connection is lost, until it succeeds. Gives up when
    /// <paramref name="measure"/> has not grown for as long as the settings allow.
    /// </summary>
    /// <exception cref="PeerUnreachableException">The sender can't be reached, or was lost and did not come back.</exception>
    /// <exception cref="TransferAbortedException">The sender ended the transfer.</exception>
    public async Task RunAsync(Func<IConnection, CancellationToken, Task> attempt, Func<long> measure, CancellationToken cancellationToken)
    {
        var attempts = 0;
        var best = measure();
        var since = timeProvider.GetTimestamp();
        while (true)
        {
            AltSendmeException loss;
            try
            {
                await attempt(_connection ??= await ConnectAsync(cancellationToken), cancellationToken);
                return;
            }
            catch (ConnectionLostException exception) when (exception.Closure.Initiator != CloseInitiator.Peer)
            {
                loss = exception;
            }
            catch (ConnectionLostException exception)
            {
                throw Refusal(exception);
            }
            catch (PeerUnreachableException exception) when (attempts > 0)
            {
                loss = exception;
            }

            await DropAsync();
            if (measure() > best)
                (best, attempts, since) = (measure(), 0, timeProvider.GetTimestamp());
            var delay = FirstDelay * Math.Pow(2, Math.Min(attempts, 8));
            delay = delay < LongestDelay ? delay : LongestDelay;
            if (timeProvider.GetElapsedTime(since) + delay > retryFor)
                throw new PeerUnreachableException(ErrorCodes.PeerLost, $"The connection to {_peer} was lost and did not come back. {afterwards} {loss.Message}", loss);
            progress.Report(new Reconnecting(loss.Message, ++attempts, delay));
            await Task.Delay(delay, timeProvider, cancellationToken);
        }
    }

    /// <summary>Tells the sender how it ended; never fails.</summary>
    public async Task CloseAsync(CloseCode code, string reason)
    {
        if (_connection is null)
            return;
        using var limit = new CancellationTokenSource(CloseLimit, timeProvider);
        try
        {
            await _connection.CloseAsync(code, reason, limit.Token);
        }
        catch (Exception exception) when (exception is AltSendmeException or OperationCanceledException or IOException)
        {
            // The peer is gone; it finds out by itself.
        }
    }

    public async ValueTask DisposeAsync()
    {
        await DropAsync();
        await session.DisposeAsync();
    }

    private async Task<IConnection> ConnectAsync(CancellationToken cancellationToken)
    {
        if (ticket.Addresses.Count == 0 && ticket.RelayUrl is null)
            throw new PeerUnreachableException(ErrorCodes.PeerNoAddress, $"The ticket holds only the id of {_peer}, and no discovery plugin can find it. Ask for a ticket with addresses ('--ticket-type addresses').");

        var candidates = ticket.ToCandidates();
        progress.Report(new Connecting(_peer, candidates));
        var connection = await session.DialAsync(ticket.Endpoint, Stream(candidates, cancellationToken), Alpn.Blobs, cancellationToken);
        progress.Report(new Connected(_peer, connection.Path));
        return connection;
    }

    private static async IAsyncEnumerable<Candidate> Stream(IReadOnlyList<Candidate> candidates, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.CompletedTask;
        foreach (var candidate in candidates)
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return candidate;
        }
    }

    private async Task DropAsync()
    {
        if (_connection is null)
            return;
        await _connection.DisposeAsync();
        _connection = null;
    }

    private TransferAbortedException Refusal(ConnectionLostException exception) => exception.Closure.Code == TransferCloseCodes.ShareOver
        ? new TransferAbortedException(ErrorCodes.ShareOver, "The share was for one receiver, and somebody has received it. Ask the sender for a new ticket.", exception)
        : new TransferAbortedException(ErrorCodes.PeerAborted, $"The sender {_peer} ended the share. Ask the sender to share the same files again. {afterwards}", exception);
}
