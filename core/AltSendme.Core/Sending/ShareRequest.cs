using AltSendme.Core.Settings;

namespace AltSendme.Core.Sending;

/// <summary>What to share, and on which terms.</summary>
public sealed record ShareRequest
{
    /// <summary>Files and folders.</summary>
    public required IReadOnlyList<string> Paths { get; init; }

    /// <summary>What the ticket says about the way to this side.</summary>
    public TicketForm TicketForm { get; init; } = TicketForm.Auto;

    /// <summary>Whether the share ends when the first receiver has verified everything.</summary>
    public bool OneTime { get; init; } = true;
}
