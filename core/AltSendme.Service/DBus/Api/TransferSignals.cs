using AltSendme.Service.Client.Contract;
using AltSendme.Service.DBus.Connection;
using AltSendme.Service.DBus.Objects;
using AltSendme.Service.DBus.Values;

namespace AltSendme.Service.DBus.Api;

/// <summary>
/// The service's events as signals of its object. Ids and numbers only: whoever may know more asks <c>ListShares</c>. One of them remembers what it told, so that each end is told once.
/// </summary>
internal sealed class TransferSignals
{
    private const string Progress = "Progress";
    private const string Finished = "Finished";
    private const string Failed = "Failed";

    /// <summary>Signals by name, for introspection.</summary>
    public static readonly IReadOnlyList<BusSignal> All =
    [
        new BusSignal(Progress, [new("id", "s"), new("bytes", "t"), new("total", "t"), new("details", "a{sv}")]),
        new BusSignal(Finished, [new("id", "s"), new("details", "a{sv}")]),
        new BusSignal(Failed, [new("id", "s"), new("code", "s"), new("message", "s"), new("details", "a{sv}")]),
    ];

    private readonly Dictionary<string, ShareMark> _shares = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ReceiveState> _receives = new(StringComparer.Ordinal);

    /// <param name="shares">The shares as they are before the first event.</param>
    /// <param name="receives">The receives.</param>
    public TransferSignals(IReadOnlyList<ShareView> shares, IReadOnlyList<ReceiveView> receives)
    {
        foreach (var view in shares)
            _shares[view.Id] = new ShareMark(view.State, view.Deliveries);
        foreach (var view in receives)
            _receives[view.Id] = view.State;
    }

    /// <summary>The signals that an event is worth, in order.</summary>
    public IEnumerable<BusMessage> Of(ServiceEvent value)
    {
        switch (value)
        {
            case { Type: ServiceEventType.ShareRemoved, Subject: { } share }:
                _shares.Remove(share);
                return [];
            case { Type: ServiceEventType.ReceiveRemoved, Subject: { } receive }:
                _receives.Remove(receive);
                return [];
            case { Share: { } share }:
                return OfShare(share);
            case { Receive: { } receive }:
                return OfReceive(receive);
            default:
                return [];
        }
    }

    private IEnumerable<BusMessage> OfShare(ShareView view)
    {
        var isKnown = _shares.TryGetValue(view.Id, out var before);
        _shares[view.Id] = new ShareMark(view.State, view.Deliveries);
        var details = Details("share");
        if (view.State == ShareState.Preparing && view is { HashedBytes: { } hashed, Bytes: { } size })
            yield return Moved(view.Id, hashed, size, Details("share", ("phase", "preparing")));
        foreach (var receiver in view.Receivers)
        {
            if (receiver is { State: ReceiverState.Connected, Bytes: > 0 })
                yield return Moved(view.Id, receiver.Bytes, view.Bytes ?? 0, Details("share", ("phase", "sending"), ("receiver", (uint)receiver.Number), ("bytes-per-second", receiver.BytesPerSecond)));
        }

        if (isKnown && view.Deliveries > before.Deliveries)
            yield return Signal(Finished, "sa{sv}", view.Id, details);
        if (view is { State: ShareState.Failed or ShareState.Changed, Error: { } error } && (!isKnown || before.State != view.State))
            yield return Signal(Failed, "sssa{sv}", view.Id, error.Code, error.Message, details);
    }

    private IEnumerable<BusMessage> OfReceive(ReceiveView view)
    {
        var isKnown = _receives.TryGetValue(view.Id, out var before);
        _receives[view.Id] = view.State;
        if (view is { State: ReceiveState.Running, TotalBytes: { } total })
            yield return Moved(view.Id, view.Bytes, total, Details("receive", ("phase", "receiving"), ("bytes-per-second", view.BytesPerSecond)));
        if (isKnown && before == view.State)
            yield break;
        if (view.State == ReceiveState.Completed)
            yield return Signal(Finished, "sa{sv}", view.Id, Details("receive"));
        else if (view is { State: ReceiveState.Failed, Error: { } error })
            yield return Signal(Failed, "sssa{sv}", view.Id, error.Code, error.Message, Details("receive"));
    }

    private static BusMessage Moved(string id, long bytes, long total, IReadOnlyDictionary<string, Variant> details) => Signal(Progress, "stta{sv}", id, (ulong)bytes, (ulong)total, details);

    private static BusMessage Signal(string name, string signature, params object[] body) => BusMessage.Signal(AltSendmeObject.Path, AltSendmeObject.Name, name, signature, body);

    private static Dictionary<string, Variant> Details(string kind, params ReadOnlySpan<(string Name, Variant Value)> more)
    {
        var details = new Dictionary<string, Variant>(StringComparer.Ordinal) { ["kind"] = kind };
        foreach (var (name, value) in more)
            details[name] = value;
        return details;
    }

    private readonly record struct ShareMark(ShareState State, int Deliveries);
}
