using System.Globalization;
using AltSendme.Core.Progress;

namespace AltSendme.Cli.Rendering;

/// <summary>The line that a person reads for an event; <see langword="null"/> for what is only shown moving, or elsewhere.</summary>
internal static class TextLines
{
    private const int MaxListed = 20;

    public static string? Of(TransferEvent value) => value switch
    {
        SourceSkipped e => $"Skipped {SafeText.Of(e.Path)}: {e.Reason}.",
        ReceiverConnected e => $"Receiver {e.Receiver} ({e.Peer}) connected from {e.Path.Remote.Text} ({Kind(e.Path.Kind)}).",
        ReceiverCompleted e => $"Receiver {e.Receiver} has verified everything: {ByteText.Of(e.Bytes)} in {DurationText.Of(e.Elapsed)}{Rate(e.Bytes, e.Elapsed)}.",
        ReceiverLeft e => $"Receiver {e.Receiver} left after {ByteText.Of(e.Bytes)}: {SafeText.Of(e.Reason)}",
        RequestRefused e => $"Refused a request of receiver {e.Receiver}: {SafeText.Of(e.Reason)}",
        Connecting e => e.Candidates.Count == 0 ? $"Looking for {e.Peer} ..." : $"Connecting to {e.Peer} at {string.Join(", ", e.Candidates.Select(static candidate => candidate.Address.Text))} ...",
        RelayTrouble e => $"The relay {e.Relay.Host} can't be used as it should: {SafeText.Of(e.Reason)}.",
        AnnouncementFailed e => $"The share is not announced by {e.Service}, which {SafeText.Of(e.Reason)}. It goes on trying.",
        Found e => $"{e.Candidate.Source.Name} says that {e.Peer} is at {SafeText.Of(e.Candidate.Address.Text)}.",
        Connected e => $"Connected to {e.Peer} at {e.Path.Remote.Text} ({Kind(e.Path.Kind)}).",
        PathChanged { Receiver: { } receiver } e => $"Receiver {receiver} ({e.Peer}) is now reached at {e.Path.Remote.Text} ({Kind(e.Path.Kind)}).",
        PathChanged e => $"{e.Peer} is now reached at {e.Path.Remote.Text} ({Kind(e.Path.Kind)}).",
        SenderPreviewed e => $"{e.Peer} offers {SafeText.Of(e.Preview.Name)}{(e.Preview.ItemCount > 1 ? $" and {e.Preview.ItemCount - 1} more" : "")}, {ByteText.Of(e.Preview.Bytes)} by its own account.",
        SenderDropped e => $"{e.Peer} is no longer asked: {SafeText.Of(e.Reason)}",
        PreviewDiffers e => $"{e.Peer} said {ByteText.Of(e.StatedBytes)}, but the share has {ByteText.Of(e.Bytes)}. What follows is proved.",
        NameChanged e => $"Renamed {SafeText.Of(e.From)} to {SafeText.Of(e.To)}, because the name can't be used as it is.",
        Reconnecting e => $"{SafeText.Of(e.Reason)} Trying again in {DurationText.Of(e.Delay)} (attempt {e.Attempt}).",
        ReceiveCompleted { Files: 0 } => "Everything is here already; nothing was fetched.",
        ReceiveCompleted e => $"Received and verified {Files(e.Files)}, {ByteText.Of(e.Bytes)}{Fetched(e)} in {DurationText.Of(e.Elapsed)}{Rate(e.FetchedBytes, e.Elapsed)}{(e.Paths.Count > 0 ? ":" : ".")}",
        _ => null,
    };

    /// <summary>What a share holds, a line each, at most twenty files.</summary>
    public static IEnumerable<string> Preview(PreviewReady preview)
    {
        foreach (var file in preview.Files.Take(MaxListed))
            yield return $"  {ByteText.Of(file.Bytes),9}  {SafeText.Of(file.Name)}";
        if (preview.Files.Count > MaxListed)
            yield return $"             ... and {preview.Files.Count - MaxListed} more";
        yield return $"{Files(preview.Files.Count)}, {ByteText.Of(preview.Bytes)}{(preview.PresentBytes > 0 ? $"; {ByteText.Of(preview.PresentBytes)} are here already" : "")}";
    }

    public static string Files(int count) => count == 1 ? "1 file" : string.Create(CultureInfo.InvariantCulture, $"{count:#,0} files");

    public static string Rate(long bytes, TimeSpan time) => time.TotalSeconds >= 0.05 && bytes > 0 ? $" ({ByteText.Of((long)(bytes / time.TotalSeconds))}/s)" : "";

    private static string Kind(Abstractions.PathKind kind) => kind.ToString().ToLowerInvariant();

    private static string Fetched(ReceiveCompleted e) => e.FetchedBytes < e.Bytes ? $" ({ByteText.Of(e.FetchedBytes)} of it fetched now)" : "";
}
