using AltSendme.Abstractions;
using AltSendme.Core.Errors;
using AltSendme.Core.Progress;
using AltSendme.Core.Receiving;
using AltSendme.Core.Tickets;
using AltSendme.Service.Client;
using AltSendme.Service.Client.Contract;
using AltSendme.Service.Events;
using AltSendme.Service.Hosting;
using AltSendme.Service.Storage;
using Microsoft.Extensions.Logging;

namespace AltSendme.Service.Receives;

/// <summary>
/// One receive from its order to its end, over restarts of the service. While it runs or waits a task of its own does so; whoever ends it awaits that task. Its record is on disk before anybody is
/// told of a state.
/// </summary>
internal sealed partial class HostedReceive : IProgress<TransferEvent>, IDisposable
{
    /// <summary>Restarts in a row that may resume it without anything new arriving: perhaps it is what ends the service.</summary>
    private const int MaxVainResumes = 5;

    /// <summary>Between two events that only move numbers.</summary>
    private static readonly TimeSpan CountPeriod = TimeSpan.FromMilliseconds(190);

    /// <summary>Between two records that only move numbers. What was verified is known from the partial store in any case.</summary>
    private static readonly TimeSpan KeepPeriod = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(2);

    private readonly string _path;
    private readonly IReadOnlyList<BlobTicket> _tickets;
    private readonly LiveCore _core;
    private readonly EventRing _events;
    private readonly TimeProvider _clock;
    private readonly ILogger _logger;

    // One change of course at a time: resume, cancel, suspend, discard.
    private readonly SemaphoreSlim _course = new(1);

    // Guards what follows: sessions report from any thread.
    private readonly Lock _gate = new();
    private ReceiveRecord _record;
    private ReceiveView _view;
    private long _published;
    private long _kept;
    private bool _isSuspended;
    private CancellationTokenSource? _stop;   // cancelled by whoever ends the run; there while it runs or waits
    private Task _running = Task.CompletedTask;

    public HostedReceive(ReceiveRecord record, IReadOnlyList<BlobTicket> tickets, string path, LiveCore core, EventRing events, TimeProvider clock, ILogger logger)
    {
        (_record, _tickets, _path, _core, _events, _clock, _logger) = (record, tickets, path, core, events, clock, logger);
        _view = new ReceiveView
        {
            Id = record.Id,
            State = record.State,
            Created = record.Created,
            Updated = record.Updated,
            Sender = tickets[0].Endpoint.ToShortString(),
            Senders = tickets.Count,
            Hash = tickets[0].Root.ToString(),
            Destination = record.Destination,
            Conflict = record.Conflict,
            WaitUntil = record.WaitUntil,
            Notify = record.Notify,
            Name = record.Name,
            Files = record.Files,
            Bytes = record.Bytes,
            TotalBytes = record.TotalBytes,
            Paths = record.Paths,
            Error = record.Error,
        };
    }

    /// <summary>How it stands.</summary>
    public ReceiveView View
    {
        get
        {
            lock (_gate)
                return _view with { CanResume = CanResume(_view.State), KeptUntil = KeptUntil() };
        }
    }

    /// <summary>Whether it runs or waits.</summary>
    public bool IsActive => View.State is ReceiveState.Running or ReceiveState.Waiting;

    /// <summary>Whether its time on the list is over.</summary>
    public bool IsOutdated => View.KeptUntil <= _clock.GetUtcNow();

    /// <summary>Whether an order asks for what this one does: the same tickets on the same terms.</summary>
    public bool IsSameOrder(ReceiveOrder order) => order.Tickets.SequenceEqual(_record.Tickets, StringComparer.Ordinal) && (order.Conflict is null || order.Conflict == _record.Conflict);

    /// <summary>Puts it on disk and begins.</summary>
    public void Start()
    {
        lock (_gate)
            Begin();
        Publish();
    }

    /// <summary>Goes on after a restart of the service: what ran is resumed, unless it has been so in vain too often.</summary>
    public void Revive()
    {
        lock (_gate)
        {
            if (!IsOn(_record.State))
                return;
            if (_record.VainResumes >= MaxVainResumes)
            {
                Set(ReceiveState.Interrupted, null);
            }
            else
            {
                _record = _record with { VainResumes = _record.VainResumes + 1 };
                Begin();
            }
        }

        Publish();
    }

    /// <summary>Goes on with what was cancelled or failed, or tries the sender at once where it waits.</summary>
    /// <exception cref="ServiceException"><c>service.conflict</c>: it is completed.</exception>
    public async Task ResumeAsync(DateTimeOffset? waitUntil)
    {
        await _course.WaitAsync();
        try
        {
            if (View.State == ReceiveState.Running)
                return;
            if (View.State == ReceiveState.Completed)
                throw new ServiceException(ServiceCodes.Conflict, "It is completed; there is nothing to resume.");
            await HaltAsync();
            lock (_gate)
            {
                _record = _record with { VainResumes = 0, WaitUntil = waitUntil ?? _record.WaitUntil };
                Begin();
            }

            Publish();
        }
        finally
        {
            _course.Release();
        }
    }

    /// <summary>Stops it; what was verified stays.</summary>
    public async Task CancelAsync()
    {
        await _course.WaitAsync();
        try
        {
            await HaltAsync();
            lock (_gate)
            {
                if (IsOn(_view.State))
                    Set(ReceiveState.Cancelled, null);
            }

            Publish();
        }
        finally
        {
            _course.Release();
        }
    }

    /// <summary>Stops it, removes what is unfinished, and forgets it.</summary>
    public async Task DiscardAsync()
    {
        await CancelAsync();
        if (View.State != ReceiveState.Completed)
            Leftovers.Discard(_record.Destination, _tickets[0]);
        File.Delete(_path);
    }

    /// <summary>Stops it with the service; the next one resumes it.</summary>
    public async Task SuspendAsync()
    {
        await _course.WaitAsync();
        try
        {
            lock (_gate)
                _isSuspended = true;
            await HaltAsync();
        }
        finally
        {
            _course.Release();
        }
    }

    /// <inheritdoc/>
    public void Report(TransferEvent value)
    {
        lock (_gate)
        {
            _view = ReceiveProgress.Apply(_view, value);
            if (value is PreviewReady found)
            {
                // What the store has is what earlier runs brought, whatever their last record said.
                if (found.PresentBytes > _record.Bytes)
                    _record = _record with { VainResumes = 0 };
                Keep();
            }

            if (ReceiveProgress.IsCount(value))
            {
                if (_view.Bytes > _record.Bytes && _clock.GetElapsedTime(_kept) >= KeepPeriod)
                {
                    _record = _record with { VainResumes = 0 };
                    Keep();
                }

                if (_clock.GetElapsedTime(_published) < CountPeriod)
                    return;
            }
        }

        Publish();
    }

    /// <summary>To be called when it is suspended.</summary>
    public void Dispose()
    {
        _course.Dispose();
        _stop?.Dispose();
    }

    private static bool IsOn(ReceiveState state) => state is ReceiveState.Running or ReceiveState.Waiting;

    private static bool CanResume(ReceiveState state) => state is ReceiveState.Waiting or ReceiveState.Interrupted or ReceiveState.Cancelled or ReceiveState.Failed;

    /// <summary>Called with the gate held, when nothing runs.</summary>
    private void Begin()
    {
        if (_isSuspended)
            return;
        Set(ReceiveState.Running, null);
        _stop = new CancellationTokenSource();
        _running = RunAsync(_stop.Token);
    }

    private async Task HaltAsync()
    {
        CancellationTokenSource? stop;
        lock (_gate)
            (stop, _stop) = (_stop, null);
        if (stop is null)
            return;
        await stop.CancelAsync();
        await _running;
        stop.Dispose();
    }

    private async Task RunAsync(CancellationToken stop)
    {
        await Task.Yield();
        var pause = FirstPause;
        try
        {
            while (true)
            {
                var before = View.Bytes;
                if (await TryAsync(stop) is not { } absence)
                    return;
                pause = View.Bytes > before ? FirstPause : pause;
                lock (_gate)
                {
                    Set(ReceiveState.Waiting, absence);
                    _view = _view with { NextTry = _clock.GetUtcNow() + pause };
                }

                Publish();
                await Task.Delay(pause, _clock, stop);
                pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
                lock (_gate)
                    Set(ReceiveState.Running, null);
                Publish();
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // Whoever stopped it says what that means.
        }
        catch (AltSendmeException exception)
        {
            Fail(exception.ToView());
        }
        catch (Exception exception)
        {
            // The only place that can report it: nobody awaits this task before the end of the receive.
            LogFault(_logger, _record.Id, exception);
            Fail(new ErrorView("unexpected", exception.Message, ErrorKind.Unexpected));
        }
    }

    /// <returns>Why to wait for the sender; <see langword="null"/> when it is completed.</returns>
    private async Task<ErrorView?> TryAsync(CancellationToken stop)
    {
        var services = _core.Current;
        var request = new ReceiveRequest
        {
            Ticket = _tickets[0],
            MoreTickets = [.. _tickets.Skip(1)],
            Destination = _record.Destination,
            Conflict = _record.Conflict,
            RetryFor = services.Settings.Receive.RetryFor,
            StallAfter = services.Settings.Receive.StallAfter,
            AskForPreview = false,
            Consent = static (_, _) => ValueTask.FromResult(true),
        };
        try
        {
            var completed = await new ReceiveSession(services, request, this).RunAsync(stop);
            lock (_gate)
                Set(ReceiveState.Completed, null);
            Publish();
            LogCompleted(_logger, _record.Id, completed.Files, completed.Bytes);
            return null;
        }
        catch (AltSendmeException exception) when (IsAbsence(exception) && _record.WaitUntil > _clock.GetUtcNow())
        {
            return exception.ToView();
        }
    }

    /// <summary>Whether the sender may only be away: switched off, without a network, or restarting.</summary>
    private static bool IsAbsence(AltSendmeException exception) => exception is PeerUnreachableException or ConnectionLostException or DiscoveryException || exception.Code == ErrorCodes.PeerAborted;

    private void Fail(ErrorView error)
    {
        lock (_gate)
            Set(ReceiveState.Failed, error);
        Publish();
        LogFailed(_logger, _record.Id, error.Code);
    }

    /// <summary>Moves it to a state, on disk first. Called with the gate held.</summary>
    private void Set(ReceiveState state, ErrorView? error)
    {
        var now = _clock.GetUtcNow();
        _record = _record with { State = state, Error = error, Updated = now };
        _view = _view with { State = state, Error = error, Updated = now, NextTry = null, BytesPerSecond = 0, SecondsLeft = null, WaitUntil = _record.WaitUntil, Notice = null };
        Keep();
    }

    private void Keep()
    {
        _record = _record with { Name = _view.Name, Files = _view.Files, Bytes = _view.Bytes, TotalBytes = _view.TotalBytes, Paths = _view.Paths };
        _kept = _clock.GetTimestamp();
        try
        {
            StateFile.Write(_path, _record, RecordJson.Default.ReceiveRecord);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // The transfer goes on; only a restart would know less of it.
            LogNotKept(_logger, _record.Id, exception);
        }
    }

    private DateTimeOffset? KeptUntil()
    {
        var service = _core.Current.Settings.Service;
        return IsOn(_view.State) ? null : _view.Updated + (_view.State == ReceiveState.Completed ? service.KeepFinished : service.KeepUnfinished);
    }

    private void Publish()
    {
        var view = View;
        lock (_gate)
            _published = _clock.GetTimestamp();
        _events.Publish(new ServiceEvent(ServiceEventType.Receive, view.Id) { Receive = view });
    }

    [LoggerMessage(7201, LogLevel.Information, "Receive {Id} is complete: {Files} files, {Bytes} bytes")]
    private static partial void LogCompleted(ILogger logger, string id, int files, long bytes);

    [LoggerMessage(7202, LogLevel.Warning, "Receive {Id} failed: {Code}")]
    private static partial void LogFailed(ILogger logger, string id, string code);

    [LoggerMessage(7203, LogLevel.Error, "Receive {Id} ended by a fault in the program")]
    private static partial void LogFault(ILogger logger, string id, Exception exception);

    [LoggerMessage(7204, LogLevel.Error, "The record of receive {Id} could not be written")]
    private static partial void LogNotKept(ILogger logger, string id, Exception exception);
}
