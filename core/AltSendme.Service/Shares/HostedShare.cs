using AltSendme.Abstractions;
using AltSendme.Core.Errors;
using AltSendme.Core.Progress;
using AltSendme.Core.Sending;
using AltSendme.Core.Tickets;
using AltSendme.Service.Client.Contract;
using AltSendme.Service.Events;
using AltSendme.Service.Hosting;
using Microsoft.Extensions.Logging;

namespace AltSendme.Service.Shares;

/// <summary>
/// One share from its making to its end, over restarts of the service. A task of its own runs it; <see cref="StopAsync"/> and <see cref="SuspendAsync"/> end and await that task.
/// </summary>
internal sealed partial class HostedShare : IProgress<TransferEvent>, IDisposable
{
    /// <summary>Between two events that only move numbers.</summary>
    private static readonly TimeSpan CountPeriod = TimeSpan.FromMilliseconds(190);

    private readonly ShareFolder _folder;
    private readonly LiveCore _core;
    private readonly EventRing _events;
    private readonly TicketClipboard _clipboard;
    private readonly TimeProvider _clock;
    private readonly ILogger _logger;
    private readonly bool _isRevived;
    private readonly CancellationTokenSource _stop = new();   // cancelled by StopAsync or SuspendAsync
    private readonly TaskCompletionSource<ShareView> _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);

    // Guards what follows: sessions report from any thread.
    private readonly Lock _gate = new();
    private ShareRecord _record;
    private ShareView _view;
    private ShareSession? _session;
    private long _published;
    private bool _isSuspended;
    private Task _running = Task.CompletedTask;

    public HostedShare(ShareRecord record, ShareFolder folder, LiveCore core, EventRing events, TicketClipboard clipboard, TimeProvider clock, ILogger logger)
    {
        (_record, _folder, _core, _events, _clipboard, _clock, _logger) = (record, folder, core, events, clipboard, clock, logger);
        _isRevived = record.Hash is not null;
        _view = new ShareView
        {
            Id = record.Id,
            State = ShareState.Preparing,
            Created = record.Created,
            Expires = record.Expires,
            Broadcast = record.Broadcast,
            Paths = record.IsText || record.IsUpload ? [] : record.Paths,
            Name = record.Name,
            Files = _isRevived ? record.Files : null,
            Bytes = _isRevived ? record.Bytes : null,
            Ticket = record.Ticket,
            Hash = record.Hash,
            Deliveries = record.Deliveries,
            Notify = record.Notify,
        };
    }

    /// <summary>How the share stands.</summary>
    public ShareView View
    {
        get
        {
            lock (_gate)
                return _view;
        }
    }

    /// <summary>Whether it is served or will be.</summary>
    public bool IsActive => View.State is ShareState.Preparing or ShareState.Sharing;

    /// <summary>Completes with the ticket, after it was put on the clipboard where that was asked for; or fails with the reason why there is none.</summary>
    public Task<ShareView> Ready => _ready.Task;

    /// <summary>Hashes and serves.</summary>
    /// <param name="hashing">Lets only so many hash at once.</param>
    /// <param name="copy">Whether the ticket goes to the clipboard.</param>
    public void Start(SemaphoreSlim hashing, bool copy)
    {
        Publish();
        _running = RunAsync(hashing, copy);
    }

    /// <summary>Ends the share for good.</summary>
    public async Task StopAsync()
    {
        await _stop.CancelAsync();
        await _running;
        End();
    }

    /// <summary>Ends serving with the service; the share goes on with the next one.</summary>
    public async Task SuspendAsync()
    {
        ShareSession? session;
        lock (_gate)
        {
            _isSuspended = true;
            session = _session;
        }

        if (session is not null)
            session.Suspend();
        else
            await _stop.CancelAsync();
        await _running;
    }

    /// <inheritdoc/>
    public void Report(TransferEvent value)
    {
        bool isDelivered;
        lock (_gate)
        {
            var before = _view.Deliveries;
            _view = ShareProgress.Apply(_view, value);
            isDelivered = _view.Deliveries != before;
            if (ShareProgress.IsCount(value) && _clock.GetElapsedTime(_published) < CountPeriod)
                return;
        }

        if (isDelivered && _record.Broadcast)
            Keep(record => record with { Deliveries = View.Deliveries });
        Publish();
    }

    /// <summary>To be called when it is suspended.</summary>
    public void Dispose() => _stop.Dispose();

    private async Task RunAsync(SemaphoreSlim hashing, bool copy)
    {
        await Task.Yield();
        var handingOver = Task.CompletedTask;
        try
        {
            await using var session = await OpenAsync(hashing);
            handingOver = HandOverAsync(copy);
            await session.RunAsync(this, _stop.Token);
            if (!IsSuspended())
                End();
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            if (!IsSuspended())
                End();
            _ready.TrySetCanceled();
        }
        catch (TicketException exception) when (exception.Code == TicketCodes.Expired)
        {
            End();
        }
        catch (AltSendmeException exception)
        {
            Fail(exception.ToView());
            _ready.TrySetException(exception);
        }
        catch (Exception exception)
        {
            // The only place that can report it: nobody awaits this task before the end of the share.
            LogFault(_logger, _record.Id, exception);
            Fail(new ErrorView("unexpected", exception.Message, ErrorKind.Unexpected));
            _ready.TrySetException(exception);
        }

        await handingOver;
    }

    /// <summary>Puts the ticket into the user's hands, beside the serving: no clipboard keeps a receiver waiting.</summary>
    private async Task HandOverAsync(bool copy)
    {
        if (copy && View.Ticket is { } ticket)
        {
            bool isCopied;
            await Task.Yield();
            try
            {
                isCopied = await _clipboard.TryCopyAsync(ticket, _stop.Token);
            }
            catch (OperationCanceledException)
            {
                isCopied = false;
            }

            lock (_gate)
                _view = _view with { IsCopied = isCopied };
            Publish();
        }

        _ready.TrySetResult(View);
    }

    private async Task<ShareSession> OpenAsync(SemaphoreSlim hashing)
    {
        ShareSession session;
        await hashing.WaitAsync(_stop.Token);
        try
        {
            session = await ShareSession.OpenAsync(_core.Current, Request(), this, _stop.Token);
        }
        finally
        {
            hashing.Release();
        }

        var ready = session.Ready;
        lock (_gate)
        {
            _session = session;
            _view = _view with
            {
                State = ShareState.Sharing,
                Name = ready.Name,
                Files = ready.Files,
                Bytes = ready.Bytes,
                HashedBytes = null,
                Ticket = ready.Text,
                IsRenewed = _isRevived && ready.Text != _record.Ticket,
                TicketType = ready.Form,
                Hash = ready.Hash,
                Expires = BlobTicket.Parse(ready.Text).Expires,
                Relay = ready.Relay?.AbsoluteUri,
                Addresses = [.. ready.Addresses.Select(static address => address.ToString())],
                Discovery = ready.Discovery,
            };
        }

        // On disk before anybody is told: a ticket that was given out is kept, whatever happens next.
        Keep(record => record with { Hash = ready.Hash, Ticket = ready.Text, Port = session.Port, Name = ready.Name, Files = ready.Files, Bytes = ready.Bytes });
        if (IsSuspended())
            session.Suspend();
        Publish();
        LogSharing(_logger, _record.Id, ready.Files, ready.Bytes);
        return session;
    }

    private ShareRequest Request() => new()
    {
        Paths = _record.Paths,
        TicketForm = _record.TicketType,
        OneTime = !_record.Broadcast,
        Began = _record.Created,
        Lifetime = _record.Expires - _record.Created,
        Identity = _record.UsesUserKey ? null : _folder.Identity,
        PreferredPort = _record.Port,
        ExpectedHash = _record.Hash,
    };

    private bool IsSuspended()
    {
        lock (_gate)
            return _isSuspended;
    }

    private void Keep(Func<ShareRecord, ShareRecord> change)
    {
        lock (_gate)
        {
            _record = change(_record);
            _folder.Write(_record);
        }
    }

    private void End()
    {
        // Gone before anybody is told.
        Forget();
        lock (_gate)
        {
            if (_view.State == ShareState.Ended)
                return;
            _view = _view with { State = ShareState.Ended, Ticket = null, HashedBytes = null, Error = null };
        }

        Publish();
        LogEnded(_logger, _record.Id);
    }

    /// <summary>A share that never had a ticket is forgotten; one that had stays, since its files or the network may come back.</summary>
    private void Fail(ErrorView error)
    {
        var isGone = error.Code is ErrorCodes.SourceChanged or ErrorCodes.SourceMissing or ErrorCodes.SourceEmpty or ErrorCodes.SourceUnreadable;
        lock (_gate)
            _view = _view with { State = isGone && _record.Hash is not null ? ShareState.Changed : ShareState.Failed, HashedBytes = null, Error = error };
        if (_record.Hash is null)
            Forget();
        Publish();
        LogFailed(_logger, _record.Id, error.Code);
    }

    private void Forget()
    {
        try
        {
            _folder.Delete();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            LogNotForgotten(_logger, _record.Id, exception);
        }
    }

    private void Publish()
    {
        ShareView view;
        lock (_gate)
        {
            view = _view;
            _published = _clock.GetTimestamp();
        }

        _events.Publish(new ServiceEvent(ServiceEventType.Share, view.Id) { Share = view });
    }

    [LoggerMessage(7101, LogLevel.Information, "Share {Id} was made: {Files} files, {Bytes} bytes")]
    private static partial void LogSharing(ILogger logger, string id, int files, long bytes);

    [LoggerMessage(7102, LogLevel.Information, "Share {Id} ended")]
    private static partial void LogEnded(ILogger logger, string id);

    [LoggerMessage(7103, LogLevel.Warning, "Share {Id} failed: {Code}")]
    private static partial void LogFailed(ILogger logger, string id, string code);

    [LoggerMessage(7104, LogLevel.Error, "Share {Id} ended by a fault in the program")]
    private static partial void LogFault(ILogger logger, string id, Exception exception);

    [LoggerMessage(7105, LogLevel.Warning, "What was kept of share {Id} could not be removed")]
    private static partial void LogNotForgotten(ILogger logger, string id, Exception exception);
}
