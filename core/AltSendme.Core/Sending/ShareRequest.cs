using AltSendme.Core.Identity;
using AltSendme.Core.Settings;

namespace AltSendme.Core.Sending;

/// <summary>What to share, and on which terms.</summary>
public sealed record ShareRequest
{
    /// <summary>Files and folders.</summary>
    public required IReadOnlyList<string> Paths { get; init; }

    /// <summary>What the ticket says about the way to this side.</summary>
    public TicketForm TicketForm { get; init; } = TicketForm.Auto;

    /// <summary>How long the share lasts at most; <see langword="null"/> for no end.</summary>
    public TimeSpan? Lifetime { get; init; }

    /// <summary>Whether the share ends when the first receiver has verified everything.</summary>
    public bool OneTime { get; init; } = true;

    /// <summary>When <see cref="Lifetime"/> began; <see langword="null"/> for now.</summary>
    public DateTimeOffset? Began { get; init; }

    /// <summary>Keeps the share's key, so that it can be the same share again later; made when it is not there. Without one the key follows the settings.</summary>
    public IdentityFile? Identity { get; init; }

    /// <summary>The port that it had before, to be had again where nobody else took it meanwhile; 0 for the one of the settings.</summary>
    public int PreferredPort { get; init; }

    /// <summary>The root hash that the files had before; <see langword="null"/> when there is no before.</summary>
    public string? ExpectedHash { get; init; }
}
