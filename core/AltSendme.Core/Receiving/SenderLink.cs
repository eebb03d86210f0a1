using AltSendme.Abstractions;
using AltSendme.Core.Errors;
using AltSendme.Core.Paths;
using AltSendme.Core.Previews;
using AltSendme.Core.Progress;
using AltSendme.Core.Tickets;

namespace AltSendme.Core.Receiving;

/// <summary>
/// The connection to a ticket's sender: made when it is first wanted, again after a loss, and beside the old one when that has fallen silent; then the first to deliver stays. Owns the connection.
/// </summary>
/// <param name="session">Who dials; belongs to the caller.</param>
/// <param name="ticket">Whom.</param>
/// <param name="rules">When to try again.</param>
/// <param name="timeProvider">The clock.</param>
/// <param name="progress">Hears of connections and losses.</param>
internal sealed class SenderLink(EndpointSession session, BlobTicket ticket, RetryRules rules, TimeProvider timeProvider, IProgress<TransferEvent> progress) : IAsyncDisposable
{
    private static readonly TimeSpan CloseLimit = TimeSpan.FromSeconds(3);

    private readonly List<Task> _watches = [];   // one a connection, until it ends
    private readonly CancellationTokenSource _over = new();   // cancelled by DisposeAsync only
    private IConnection? _connection;
    private volatile IReadOnlyList<Candidate> _learned = [];

    /// <summary>The sender, short form.</summary>
    public string Peer { get; } = ticket.Endpoint.ToShortString();

    /// <summary>The sender names further ways to it, which the next dial tries beside those of the ticket.</summary>
    public void Learn(IReadOnlyList<EndpointAddress> addresses) => _learned = [.. addresses.Select(static address => new Candidate(address, PreviewProtocol.Source))];

    private RetryRules Rules => rules;

    private TimeProvider Clock => timeProvider;

    private long Now => timeProvider.GetTimestamp();

    /// <summary>
    /// Runs <paramref name="body"/> on a connection to the sender, and again on a new one each time the connection is lost or silent, until one run succeeds. At most two run at once: the body must
    /// bear that. Gives up when <paramref name="measure"/> has not grown for as long as the settings allow.
    /// </summary>
    /// <exception cref="PeerUnreachableException">The sender can't be reached, or was lost and did not come back.</exception>
    /// <exception cref="TransferAbortedException">The sender ended the transfer.</exception>
    public async Task RunAsync(Func<LinkAttempt, CancellationToken, Task> body, Func<long> measure, CancellationToken cancellationToken)
    {
        var first = _connection ?? await ConnectAsync(cancellationToken);
        _connection = null;
        var patience = new Patience(rules.RetryFor, measure, timeProvider);
        var run = new Run(this, body, patience, cancellationToken);
        try
        {
            run.Start(first);
            _connection = await run.UntilDoneAsync();
        }
        finally
        {
            await run.DisposeAsync();
        }
    }

    /// <summary>Tells the sender how it ended; never fails.</summary>
    public async Task CloseAsync(CloseCode code, string reason)
    {
        if (_connection is { } connection)
            await EndAsync(connection, code, reason);
        _connection = null;
    }

    public async ValueTask DisposeAsync()
    {
        await CloseAsync(TransferCloseCodes.Done, "");
        await _over.CancelAsync();
        await Task.WhenAll(_watches);
        _over.Dispose();
    }

    private TimeSpan Since(long timestamp) => timeProvider.GetElapsedTime(timestamp);

    private void Report(TransferEvent value) => progress.Report(value);

    private async Task<IConnection> ConnectAsync(CancellationToken cancellationToken)
    {
        IReadOnlyList<Candidate> candidates = [.. ticket.ToCandidates(), .. _learned];
        if (candidates.Count == 0 && !session.CanFind)
            throw new PeerUnreachableException(ErrorCodes.PeerNoAddress, $"The ticket holds only the id of {Peer}, and no discovery service is in use that could find it. Switch discovery on (the setting Discovery:Mode, '--discovery on'), or ask for a ticket with addresses ('--ticket-type addresses').");
        progress.Report(new Connecting(Peer, candidates));
        var connection = await session.DialAsync(ticket.Endpoint, candidates, Alpn.Blobs, found => progress.Report(new Found(Peer, found)), cancellationToken);
        var path = connection.Path;
        progress.Report(new Connected(Peer, path));
        _watches.RemoveAll(static watch => watch.IsCompleted);
        _watches.Add(PathWatch.RunAsync(connection, path, moved => progress.Report(new PathChanged(Peer, null, moved)), _over.Token));
        return connection;
    }

    private async Task<IConnection> ConnectAfterAsync(TimeSpan delay, CancellationToken cancellationToken)
    {
        await Task.Delay(delay, timeProvider, cancellationToken);
        return await ConnectAsync(cancellationToken);
    }

    private async Task EndAsync(IConnection connection, CloseCode code, string reason)
    {
        using var limit = new CancellationTokenSource(CloseLimit, timeProvider);
        try
        {
            await connection.CloseAsync(code, reason, limit.Token);
            await connection.DisposeAsync();
        }
        catch (Exception exception) when (exception is AltSendmeException or OperationCanceledException or IOException)
        {
            // The peer is gone; it finds out by itself.
        }
    }

    private PeerUnreachableException Lost(string what, Exception? cause) =>
        new(ErrorCodes.PeerLost, $"The connection to {Peer} was lost and did not come back. {rules.Afterwards} {what}", cause);

    /// <summary>What a failed try means for the transfer: the loss, when another try may help; otherwise it is thrown.</summary>
    private async Task<AltSendmeException> LossAsync(Task ended)
    {
        try
        {
            await ended;
            throw new InvalidOperationException("A try that succeeded is no loss.");
        }
        catch (ConnectionLostException exception) when (exception.Closure.Initiator != CloseInitiator.Peer || exception.Closure.Code == TransferCloseCodes.Busy)
        {
            return exception;
        }
        catch (ConnectionLostException exception) when (exception.Closure.Code == TransferCloseCodes.ShareOver)
        {
            throw new TransferAbortedException(ErrorCodes.ShareOver, "The share was for one receiver, and somebody has received it. Ask the sender for a new ticket.", exception);
        }
        catch (ConnectionLostException exception)
        {
            throw new TransferAbortedException(ErrorCodes.PeerAborted, $"The sender {Peer} ended the share. Ask the sender to share the same files again. {rules.Afterwards}", exception);
        }
        catch (PeerUnreachableException exception)
        {
            return exception;
        }
    }

    /// <summary>One run: the tries that are under way, and the dial for another one. One task drives it, so that nothing needs a lock.</summary>
    private sealed class Run(SenderLink link, Func<LinkAttempt, CancellationToken, Task> body, Patience patience, CancellationToken cancellationToken) : IAsyncDisposable
    {
        private readonly CancellationTokenSource _run = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        private readonly List<LinkAttempt> _attempts = [];
        private CancellationTokenSource? _dialling;
        private Task<IConnection>? _dial;
        private long _lastLook = link.Now;

        private bool IsContested => _attempts.Count > 1 || (_attempts.Count == 1 && _dial is not null);

        public void Start(IConnection connection) => _attempts.Add(new LinkAttempt(connection, body, link.Clock, _run.Token));

        /// <summary>Gives the connection on which the body succeeded.</summary>
        public async Task<IConnection> UntilDoneAsync()
        {
            while (true)
            {
                await WaitAsync();
                cancellationToken.ThrowIfCancellationRequested();
                if (_attempts.Find(static attempt => attempt.Running.IsCompleted) is { } ended)
                {
                    if (ended.Running.IsCompletedSuccessfully)
                        return Win(ended);
                    await LoseAsync(ended);
                }
                else if (IsContested && _attempts.Find(static attempt => attempt.HasDelivered) is { } winner)
                {
                    await SettleAsync(winner);
                }
                else if (_dial is { IsCompleted: true })
                {
                    await JoinAsync();
                }
                else if (IsSilent())
                {
                    await RaceAsync();
                }
            }
        }

        public async ValueTask DisposeAsync()
        {
            await _run.CancelAsync();
            await StopDialAsync();
            foreach (var attempt in _attempts)
                await StopAsync(attempt, "stopped");
            _run.Dispose();
        }

        private bool IsSilent() => _attempts.Count > 0 && link.Since(LastSign()) >= link.Rules.StallAfter;

        private long LastSign() => _attempts.Aggregate(_lastLook, static (last, attempt) => Math.Max(last, attempt.LastSign));

        private async Task WaitAsync()
        {
            using var waiting = CancellationTokenSource.CreateLinkedTokenSource(_run.Token);
            var events = new List<Task>(6);
            foreach (var attempt in _attempts)
            {
                events.Add(attempt.Running);
                if (IsContested)
                    events.Add(attempt.NextDeliveryAsync());
            }

            if (_dial is not null)
                events.Add(_dial);
            if (_attempts.Count > 0)
            {
                var left = link.Rules.StallAfter - link.Since(LastSign());
                events.Add(Task.Delay(left > TimeSpan.Zero ? left : TimeSpan.Zero, link.Clock, waiting.Token));
            }

            await Task.WhenAny(events);
            await waiting.CancelAsync();
        }

        private IConnection Win(LinkAttempt attempt)
        {
            _attempts.Remove(attempt);
            return attempt.Connection;
        }

        private async Task LoseAsync(LinkAttempt attempt)
        {
            var loss = await link.LossAsync(attempt.Running);
            _attempts.Remove(attempt);
            await StopAsync(attempt, "another way is used");
            if (_attempts.Count == 0 && _dial is null)
                Dial(loss.Message, loss, isUrgent: false);
        }

        private async Task JoinAsync()
        {
            var dial = _dial!;
            _dial = null;
            _dialling?.Dispose();
            _dialling = null;
            if (dial.IsCompletedSuccessfully)
            {
                Start(await dial);
                return;
            }

            // While a try is under way, a dial beside it may fail for any reason.
            if (_attempts.Count > 0 && dial.Exception?.InnerException is AltSendmeException)
                return;
            var loss = await link.LossAsync(dial);
            Dial(loss.Message, loss, isUrgent: false);
        }

        /// <summary>Nothing has come for a while: the oldest silent try makes room if there are two, and another one is begun.</summary>
        private async Task RaceAsync()
        {
            _lastLook = link.Now;
            if (_attempts.Count > 1)
            {
                var oldest = _attempts[0];
                _attempts.RemoveAt(0);
                await StopAsync(oldest, "another way is used");
            }

            foreach (var attempt in _attempts)
                attempt.Forget();
            if (_dial is null)
                Dial($"Nothing has arrived from {link.Peer} for {link.Rules.StallAfter.TotalSeconds:0} seconds.", null, isUrgent: true);
            else if (!patience.TryAgain(isUrgent: true, out _))
                throw link.Lost("Nothing arrived any more.", null);
        }

        private async Task SettleAsync(LinkAttempt winner)
        {
            await StopDialAsync();
            foreach (var attempt in _attempts.Where(attempt => attempt != winner).ToArray())
            {
                _attempts.Remove(attempt);
                await StopAsync(attempt, "another way is used");
            }
        }

        private void Dial(string reason, Exception? cause, bool isUrgent)
        {
            if (!patience.TryAgain(isUrgent, out var delay))
                throw link.Lost(reason, cause);
            link.Report(new Reconnecting(link.Peer, reason, patience.Tries, delay));
            _dialling = CancellationTokenSource.CreateLinkedTokenSource(_run.Token);
            _dial = link.ConnectAfterAsync(delay, _dialling.Token);
        }

        private async Task StopDialAsync()
        {
            if (_dial is not { } dial)
                return;
            _dial = null;
            await _dialling!.CancelAsync();
            await ((Task)dial).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            _dialling.Dispose();
            if (dial.IsCompletedSuccessfully)
                await link.EndAsync(await dial, TransferCloseCodes.Stopped, "not needed");
        }

        private async Task StopAsync(LinkAttempt attempt, string reason)
        {
            await attempt.StopAsync();
            await link.EndAsync(attempt.Connection, TransferCloseCodes.Stopped, reason);
        }
    }
}
