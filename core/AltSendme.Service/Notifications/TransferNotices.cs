using AltSendme.Service.Client.Contract;

namespace AltSendme.Service.Notifications;

/// <summary>Which events of shares and receives are worth a notification, and in which words. Remembers what it has told, so that each thing is told once.</summary>
internal sealed class TransferNotices
{
    private const int MaxName = 80;
    private const int MaxMessage = 500;

    private readonly Lazy<Labels> _labels;
    private readonly Dictionary<string, ShareMark> _shares = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ReceiveState> _receives = new(StringComparer.Ordinal);

    /// <param name="labels">The words; not read before they are needed.</param>
    /// <param name="shares">The shares as they are before the first event.</param>
    /// <param name="receives">The receives.</param>
    public TransferNotices(Lazy<Labels> labels, IReadOnlyList<ShareView> shares, IReadOnlyList<ReceiveView> receives)
    {
        _labels = labels;
        foreach (var view in shares)
            _shares[view.Id] = ShareMark.Of(view);
        foreach (var view in receives)
            _receives[view.Id] = view.State;
    }

    /// <summary>What an event is worth telling; <see langword="null"/> for nothing.</summary>
    public Notification? Of(ServiceEvent value)
    {
        switch (value)
        {
            case { Type: ServiceEventType.ShareRemoved, Subject: { } share }:
                _shares.Remove(share);
                return null;
            case { Type: ServiceEventType.ReceiveRemoved, Subject: { } receive }:
                _receives.Remove(receive);
                return null;
            case { Share: { Notify: true } share }:
                _shares.TryGetValue(share.Id, out var told);
                _shares[share.Id] = ShareMark.Of(share);
                return OfShare(share, told);
            case { Receive: { Notify: true } receive }:
                var isKnown = _receives.TryGetValue(receive.Id, out var before);
                _receives[receive.Id] = receive.State;
                return isKnown && before == receive.State ? null : OfReceive(receive);
            default:
                return null;
        }
    }

    /// <summary>An order that never became a share.</summary>
    public static Notification OfRefusal(Labels labels, string message) => new() { Key = "", Title = labels["sendFailed"], Body = Message(message), IsFailure = true };

    private Notification? OfShare(ShareView view, ShareMark told)
    {
        var name = Name(view);
        if (view is { State: ShareState.Failed or ShareState.Changed, Error: { } error })
            return told.State == view.State ? null : new Notification { Key = view.Id, Title = _labels.Value["sendFailed"], Body = Message(error.Message), IsFailure = true };
        if (view.Deliveries > told.Deliveries)
        {
            return new Notification
            {
                Key = view.Id,
                Title = _labels.Value["sendFinished"],
                Body = _labels.Value.Fill("sendFinishedBody", ("name", name)),
                Actions = view.State == ShareState.Sharing && view.Broadcast ? Actions(NotificationActionKind.ShowShare, NotificationActionKind.StopShare) : [],
            };
        }

        // One that leaves and comes back is no news, and neither is the second of a broadcast.
        if (view.Receivers.Count > 0 && !told.HasReceiver && view.State == ShareState.Sharing)
            return new Notification { Key = view.Id, Title = _labels.Value["receiverConnected"], Body = _labels.Value.Fill("receiverConnectedBody", ("name", name)), Actions = Actions(NotificationActionKind.ShowShare, NotificationActionKind.StopShare) };
        if (told.IsCopied is not null || view is not { IsCopied: { } isCopied, Ticket: { } ticket })
            return null;
        return new Notification
        {
            Key = view.Id,
            Title = _labels.Value[isCopied ? "ticketCopied" : "ticketReady"],
            Body = isCopied ? _labels.Value.Fill("ticketCopiedBody", ("name", name)) : _labels.Value.Fill("ticketReadyBody", ("name", name), ("ticket", ticket)),
            Stays = !isCopied,
            Actions = isCopied ? Actions(NotificationActionKind.ShowShare, NotificationActionKind.StopShare) : Actions(NotificationActionKind.CopyTicket, NotificationActionKind.ShowShare, NotificationActionKind.StopShare),
        };
    }

    private Notification? OfReceive(ReceiveView view) => view switch
    {
        { State: ReceiveState.Completed } => new Notification
        {
            Key = view.Id,
            Title = _labels.Value["receiveFinished"],
            Body = _labels.Value.Fill("receiveFinishedBody", ("name", Name(view)), ("folder", ShownText.Of(view.Destination, MaxMessage))),
            Actions = Actions(NotificationActionKind.OpenFolder),
        },
        { State: ReceiveState.Failed, Error: { } error } => new Notification
        {
            Key = view.Id,
            Title = _labels.Value["receiveFailed"],
            Body = Message(error.Message),
            IsFailure = true,
            Actions = view.CanResume ? Actions(NotificationActionKind.Resume) : [],
        },
        _ => null,
    };

    private NotificationAction[] Actions(params ReadOnlySpan<NotificationActionKind> kinds)
    {
        var actions = new NotificationAction[kinds.Length];
        for (var i = 0; i < kinds.Length; i++)
        {
            actions[i] = new NotificationAction(kinds[i], _labels.Value[kinds[i] switch
            {
                NotificationActionKind.StopShare => "stopShare",
                NotificationActionKind.ShowShare => "showShare",
                NotificationActionKind.CopyTicket => "copyTicket",
                NotificationActionKind.OpenFolder => "openFolder",
                _ => "resume",
            }]);
        }

        return actions;
    }

    private static string Name(ShareView view) => ShownText.Of(view.Name ?? "…", MaxName) + More(view.Files, view.Name);

    private static string Name(ReceiveView view) => ShownText.Of(view.Name ?? "…", MaxName) + More(view.Files, view.Name);

    /// <summary>Where there is more than what is named.</summary>
    private static string More(int? files, string? name) => name is not null && files > 1 ? $" (+{files - 1})" : "";

    private static string Message(string message) => ShownText.Of(message.ReplaceLineEndings(" "), MaxMessage);

    private readonly record struct ShareMark(ShareState State, int Deliveries, bool HasReceiver, bool? IsCopied)
    {
        public static ShareMark Of(ShareView view) => new(view.State, view.Deliveries, view.Receivers.Count > 0, view.IsCopied);
    }
}
