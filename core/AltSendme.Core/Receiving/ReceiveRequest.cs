using AltSendme.Core.Progress;
using AltSendme.Core.Tickets;

namespace AltSendme.Core.Receiving;

/// <summary>What to receive, where to, and on which terms.</summary>
public sealed record ReceiveRequest
{
    /// <summary>Names the sender and the content.</summary>
    public required BlobTicket Ticket { get; init; }

    /// <summary>Further senders of the same content; everything that is missing is fetched from all at once.</summary>
    public IReadOnlyList<BlobTicket> MoreTickets { get; init; } = [];

    /// <summary>Folder to receive into; made when it does not exist.</summary>
    public required string Destination { get; init; }

    /// <summary>Asked once, before any file is fetched or made: whether to receive what the preview shows.</summary>
    public required Func<PreviewReady, CancellationToken, ValueTask<bool>> Consent { get; init; }

    /// <summary>Whether the sender is asked for its own preview too, which has types and thumbnails; not worth a connection where nobody looks.</summary>
    public bool AskForPreview { get; init; } = true;

    /// <summary>What happens when a name is taken.</summary>
    public ConflictRule Conflict { get; init; } = ConflictRule.Rename;

    /// <summary>How long a lost connection is tried again without anything new arriving.</summary>
    public TimeSpan RetryFor { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>How long nothing may arrive before another way to the sender is tried, while the old one is kept.</summary>
    public TimeSpan StallAfter { get; init; } = TimeSpan.FromSeconds(10);
}
