using AltSendme.Core.Settings;

namespace AltSendme.Service.Client.Contract;

/// <summary>What to share: paths, or a text.</summary>
public sealed record ShareOrder
{
    /// <summary>Paths in one order at most.</summary>
    public const int MaxPaths = 10_000;

    /// <summary>UTF-16 units in a path at most.</summary>
    public const int MaxPathLength = 32 * 1024;

    /// <summary>UTF-16 units in <see cref="Text"/> at most.</summary>
    public const int MaxTextLength = 1 << 20;

    /// <summary>Absolute paths of files and folders. They are read where they are.</summary>
    public IReadOnlyList<string> Paths { get; init => field = value ?? []; } = [];

    /// <summary>A text to be shared as a file, in place of paths.</summary>
    public string? Text { get; init; }

    /// <summary>Name of the file that <see cref="Text"/> becomes.</summary>
    public string? Name { get; init; }

    /// <summary>What the ticket says about the way here; the setting by default.</summary>
    public TicketForm? TicketType { get; init; }

    /// <summary>Whether the share goes on after the first receiver has everything.</summary>
    public bool Broadcast { get; init; }

    /// <summary>When the share ends by itself, and its ticket with it.</summary>
    public DateTimeOffset? Expires { get; init; }

    /// <summary>Whether the ticket is put on the desktop's clipboard once it exists, before the answer comes. <see cref="ShareView.IsCopied"/> says whether that could be done.</summary>
    public bool Copy { get; init; }

    /// <summary>
    /// Whether notifications tell what becomes of the share: that its ticket was copied (or the ticket itself, where that can't be done), that a receiver is there or has everything, why it
    /// failed. The setting <c>Service:Notifications</c> may say less.
    /// </summary>
    public bool Notify { get; init; }

    /// <summary>Whether the answer waits for the ticket. Otherwise it comes at once, and events tell of the rest.</summary>
    public bool? Wait { get; init; }
}
