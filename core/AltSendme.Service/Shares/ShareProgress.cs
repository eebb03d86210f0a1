using AltSendme.Abstractions;
using AltSendme.Core.Errors;
using AltSendme.Core.Progress;
using AltSendme.Service.Client.Contract;

namespace AltSendme.Service.Shares;

/// <summary>What a session's events mean for the view of a share.</summary>
internal static class ShareProgress
{
    private const int MaxReceivers = 100;
    private const int MaxSkipped = 100;

    /// <summary>Whether an event only moves a number, so that it may be left out of the stream of events.</summary>
    public static bool IsCount(TransferEvent value) => value is ImportProgressed or ReceiverProgressed;

    public static ShareView Apply(ShareView view, TransferEvent value) => value switch
    {
        ImportProgressed e => view with { HashedBytes = e.Bytes, Bytes = e.TotalBytes },
        SourceSkipped e when view.Skipped.Count < MaxSkipped => view with { Skipped = [.. view.Skipped, new SkippedView(e.Path, e.Reason)] },
        ReceiverConnected e => view with
        {
            Receivers = [.. view.Receivers.Skip(Math.Max(0, view.Receivers.Count + 1 - MaxReceivers)), new ReceiverView { Number = e.Receiver, Peer = e.Peer, State = ReceiverState.Connected, Path = Word(e.Path.Kind), Address = e.Path.Remote.ToString() }],
        },
        PathChanged { Receiver: { } number } e => With(view, number, receiver => receiver with { Path = Word(e.Path.Kind), Address = e.Path.Remote.ToString() }),
        ReceiverProgressed e => With(view, e.Receiver, receiver => receiver with { Bytes = e.Bytes, BytesPerSecond = (long)e.BytesPerSecond }),
        ReceiverCompleted e => With(view, e.Receiver, receiver => receiver with { State = ReceiverState.Completed, Bytes = e.Bytes, BytesPerSecond = 0 }) with { Deliveries = view.Deliveries + 1 },
        ReceiverLeft e => With(view, e.Receiver, receiver => receiver with { State = ReceiverState.Left, Bytes = e.Bytes, BytesPerSecond = 0, Reason = e.Reason }),
        RequestRefused e => view with { Error = new ErrorView(ErrorCodes.SourceChanged, e.Reason, ErrorKind.Storage) },
        _ => view,
    };

    /// <summary>A kind of path as the interface has it.</summary>
    public static string Word(PathKind kind) => kind.ToString().ToLowerInvariant();

    private static ShareView With(ShareView view, int number, Func<ReceiverView, ReceiverView> change) =>
        view with { Receivers = [.. view.Receivers.Select(receiver => receiver.Number == number ? change(receiver) : receiver)] };
}
