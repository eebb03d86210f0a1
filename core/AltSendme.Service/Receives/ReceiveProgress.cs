using AltSendme.Core.Progress;
using AltSendme.Service.Client.Contract;
using AltSendme.Service.Shares;

namespace AltSendme.Service.Receives;

/// <summary>What a session's events mean for the view of a receive.</summary>
internal static class ReceiveProgress
{
    /// <summary>Whether an event only moves a number, so that it may be left out of the stream of events.</summary>
    public static bool IsCount(TransferEvent value) => value is ReceiveProgressed;

    public static ReceiveView Apply(ReceiveView view, TransferEvent value) => value switch
    {
        Connecting => view with { Notice = "Looking for the sender." },
        Connected e => view with { Path = ShareProgress.Word(e.Path.Kind), Address = e.Path.Remote.ToString(), RoundTripMilliseconds = e.Path.RoundTripTime?.TotalMilliseconds, Notice = null },
        PathChanged { Receiver: null } e => view with { Path = ShareProgress.Word(e.Path.Kind), Address = e.Path.Remote.ToString(), RoundTripMilliseconds = e.Path.RoundTripTime?.TotalMilliseconds },
        PreviewReady e => view with { Name = e.Files.Count > 0 ? e.Files[0].Name.Split('/')[0] : null, Files = e.Files.Count, Bytes = e.PresentBytes, TotalBytes = e.Bytes },
        ReceiveProgressed e => view with { Bytes = e.Bytes, TotalBytes = e.TotalBytes, BytesPerSecond = (long)e.BytesPerSecond, SecondsLeft = (long?)e.Remaining?.TotalSeconds, Notice = e.BytesPerSecond > 0 ? null : view.Notice },
        Reconnecting e => view with { BytesPerSecond = 0, SecondsLeft = null, Notice = e.Reason },
        SenderDropped e => view with { Notice = $"{e.Peer}: {e.Reason}" },
        ReceiveCompleted e => view with { Paths = e.Paths, Files = e.Files, Bytes = e.Bytes, TotalBytes = e.Bytes, BytesPerSecond = 0, SecondsLeft = null, Notice = null },
        _ => view,
    };
}
