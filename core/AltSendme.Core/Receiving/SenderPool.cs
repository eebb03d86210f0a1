using AltSendme.Abstractions;
using AltSendme.Core.Errors;
using AltSendme.Core.Progress;

namespace AltSendme.Core.Receiving;

/// <summary>
/// Everybody who offers one content. A sender that lies, dies or lacks something is dropped by name, and the others go on; with a single one its failure is the transfer's. Owns the links.
/// </summary>
internal sealed class SenderPool(IReadOnlyList<SenderLink> senders, string afterwards, TimeProvider timeProvider, IProgress<TransferEvent> progress) : IAsyncDisposable
{
    /// <summary>How long senders that are no longer needed may take to end in good order.</summary>
    private static readonly TimeSpan EndLimit = TimeSpan.FromSeconds(1);

    private readonly List<SenderLink> _links = [.. senders];
    private readonly List<string> _dropped = [];

    /// <summary>Who is dialled first: the sender of the first ticket.</summary>
    public SenderLink First { get; } = senders[0];

    /// <summary>Senders that are left.</summary>
    public int Count => _links.Count;

    /// <summary>Runs <paramref name="body"/> with all senders at once until it has succeeded with one. It runs to its end with at least that one, and may do so with several.</summary>
    public async Task RunFirstAsync(Func<LinkAttempt, CancellationToken, Task> body, CancellationToken cancellationToken)
    {
        var first = new TaskCompletionSource();
        await RunAsync(
            link => link.RunAsync(body, static () => 0, cancellationToken),
            async (link, token) =>
            {
                await link.RunAsync(body, static () => 0, token);
                first.TrySetResult();
            },
            first.Task,
            TimeSpan.Zero,
            cancellationToken);
    }

    /// <summary>Runs <paramref name="body"/> with one sender after the other until it has succeeded.</summary>
    public async Task RunInTurnAsync(Func<LinkAttempt, CancellationToken, Task> body, Func<long> measure, CancellationToken cancellationToken)
    {
        while (true)
        {
            var link = _links[0];
            try
            {
                await link.RunAsync(body, measure, cancellationToken);
                return;
            }
            catch (AltSendmeException exception) when (IsPeers(exception))
            {
                if (!await DropAsync(link, exception))
                    throw;
            }
        }
    }

    /// <summary>Runs <paramref name="body"/> with all senders at once until <paramref name="done"/>, or until none is left.</summary>
    /// <param name="body">To be run on each link; returns once there is nothing more to do.</param>
    /// <param name="measure">What a link has brought; for as long as it grows the link is not given up.</param>
    /// <param name="done">Completes when the work is done, whoever did it.</param>
    /// <param name="cancellationToken">Stops all.</param>
    public Task RunAllAsync(Func<SenderLink, LinkAttempt, CancellationToken, Task> body, Func<SenderLink, long> measure, Task done, CancellationToken cancellationToken)
    {
        Task With(SenderLink link, CancellationToken token) => link.RunAsync((attempt, ct) => body(link, attempt, ct), () => measure(link), token);
        return RunAsync(link => With(link, cancellationToken), With, done, EndLimit, cancellationToken);
    }

    /// <summary>Tells all senders how it ended; never fails.</summary>
    public Task CloseAsync(CloseCode code, string reason) => Task.WhenAll(_links.Select(link => link.CloseAsync(code, reason)));

    public async ValueTask DisposeAsync()
    {
        foreach (var link in _links)
            await link.DisposeAsync();
    }

    private async Task RunAsync(Func<SenderLink, Task> single, Func<SenderLink, CancellationToken, Task> run, Task done, TimeSpan grace, CancellationToken cancellationToken)
    {
        if (senders.Count == 1)
        {
            await single(_links[0]);
            return;
        }

        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var running = _links.ToDictionary(link => run(link, stop.Token));
        try
        {
            while (!done.IsCompleted)
            {
                var ended = await Task.WhenAny([.. running.Keys, done]);
                if (ended == done)
                    break;
                running.Remove(ended, out var link);
                await KeepOrDropAsync(ended, link!);
            }

            await Task.WhenAny(Task.WhenAll(running.Keys), Task.Delay(grace, timeProvider, stop.Token));
        }
        finally
        {
            await stop.CancelAsync();
            foreach (var task in running.Keys)
                await task.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task KeepOrDropAsync(Task ended, SenderLink link)
    {
        try
        {
            await ended;
        }
        catch (AltSendmeException exception) when (IsPeers(exception))
        {
            if (!await DropAsync(link, exception))
                throw;
        }
    }

    /// <summary>Whether a failure is one sender's, so that another one may do better.</summary>
    private static bool IsPeers(AltSendmeException exception) => exception is PeerUnreachableException or TransferAbortedException or VerificationException or TransportException;

    /// <returns><see langword="false"/> when it was the only one from the beginning.</returns>
    private async Task<bool> DropAsync(SenderLink link, AltSendmeException reason)
    {
        if (senders.Count == 1)
            return false;
        _links.Remove(link);
        await link.DisposeAsync();
        _dropped.Add($"{link.Peer}: {reason.Message}");
        progress.Report(new SenderDropped(link.Peer, reason.Message));
        return _links.Count > 0
            ? true
            : throw new PeerUnreachableException(ErrorCodes.NoSenderLeft, $"None of the {senders.Count} senders is left. {string.Join(' ', _dropped)} {afterwards}", reason);
    }
}
