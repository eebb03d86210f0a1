using System.Threading.Channels;
using AltSendme.Abstractions;
using AltSendme.Core.Settings;
using AltSendme.Service.Client.Contract;
using AltSendme.Service.Events;
using AltSendme.Service.Hosting;
using AltSendme.Service.Receives;
using AltSendme.Service.Shares;

namespace AltSendme.Service.Notifications;

/// <summary>
/// Tells the user what becomes of the shares and receives that were ordered with notifications, as far as the setting wants it, and does what is chosen on them. Two tasks of its own: one watches events, the other shows
/// and does one thing after the other, so that a notification is there when the next replaces it. <see cref="DisposeAsync"/> ends and awaits both.
/// </summary>
internal sealed class NotificationDesk(Func<Action<NotificationActionKind, string>, INotifier> make, ServiceOptions options, NotificationActions actions, LiveCore core, ShareDesk desk, ShareBook shares, ReceiveBook receives, EventRing events) : IAsyncDisposable
{
    /// <summary>What waits to be shown at most; of more, the oldest is of no interest any more.</summary>
    private const int MaxWaiting = 64;

    private readonly CancellationTokenSource _stop = new();   // cancelled by DisposeAsync only
    private readonly Channel<Func<CancellationToken, Task>> _work = Channel.CreateBounded<Func<CancellationToken, Task>>(new BoundedChannelOptions(MaxWaiting) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true });
    private readonly Lazy<Labels> _labels = new(options.Words);
    private INotifier? _notifier;   // made when there is something to show; the working task's
    private TransferNotices? _notices;
    private Task _running = Task.CompletedTask;

    /// <summary>Begins to watch: what is known already is no news.</summary>
    public void Start()
    {
        _notices = new TransferNotices(_labels, shares.All, receives.All);
        desk.Refused += OnRefused;
        _running = Task.WhenAll(WatchAsync(_notices, _stop.Token), WorkAsync(_stop.Token));
    }

    public async ValueTask DisposeAsync()
    {
        desk.Refused -= OnRefused;
        await _stop.CancelAsync();
        await _running;
        if (_notifier is not null)
            await _notifier.DisposeAsync();
        _stop.Dispose();
    }

    private void OnRefused(AltSendmeException exception) => Show(TransferNotices.OfRefusal(_labels.Value, exception.Message));

    private void OnChosen(NotificationActionKind kind, string key) => _work.Writer.TryWrite(cancellationToken => actions.RunAsync(kind, key, cancellationToken));

    private async Task WatchAsync(TransferNotices notices, CancellationToken stop)
    {
        await foreach (var value in events.WatchAsync(null, null, stop))
        {
            if (notices.Of(value) is { } notification)
                Show(notification);
            if (value is { Type: ServiceEventType.ShareRemoved or ServiceEventType.ReceiveRemoved, Subject: { } gone })
                _work.Writer.TryWrite(_ => ForgetAsync(gone));
        }
    }

    private void Show(Notification notification)
    {
        var level = core.Current.Settings.Service.Notifications;
        if (level == NotificationLevel.All || (level == NotificationLevel.Failures && (notification.IsFailure || notification.Stays)))
            _work.Writer.TryWrite(cancellationToken => ShowAsync(notification, cancellationToken));
    }

    private async Task ShowAsync(Notification notification, CancellationToken cancellationToken)
    {
        _notifier ??= make(OnChosen);
        await _notifier.TryShowAsync(notification, cancellationToken);
    }

    private Task ForgetAsync(string key)
    {
        _notifier?.Forget(key);
        return Task.CompletedTask;
    }

    private async Task WorkAsync(CancellationToken stop)
    {
        try
        {
            await foreach (var work in _work.Reader.ReadAllAsync(stop))
                await work(stop);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The end of the service.
        }
    }
}
