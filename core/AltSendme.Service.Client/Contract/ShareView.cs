using AltSendme.Core.Settings;

namespace AltSendme.Service.Client.Contract;

/// <summary>A share as the service sees it now. Holds its ticket, which is a secret: whoever has it can fetch the files.</summary>
public sealed record ShareView
{
    /// <summary>Names the share in this service; survives its restarts.</summary>
    public required string Id { get; init; }

    /// <summary>How it stands.</summary>
    public required ShareState State { get; init; }

    /// <summary>When it was made.</summary>
    public required DateTimeOffset Created { get; init; }

    /// <summary>When it ends by itself.</summary>
    public DateTimeOffset? Expires { get; init; }

    /// <summary>Whether it goes on after the first receiver has everything.</summary>
    public required bool Broadcast { get; init; }

    /// <summary>What was named to be shared; empty for a text.</summary>
    public IReadOnlyList<string> Paths { get; init => field = value ?? []; } = [];

    /// <summary>Name of the file or folder, or of the first of several.</summary>
    public string? Name { get; init; }

    /// <summary>How many files, once they were counted.</summary>
    public int? Files { get; init; }

    /// <summary>Their size in bytes, once it is known.</summary>
    public long? Bytes { get; init; }

    /// <summary>Bytes hashed so far, while it is prepared.</summary>
    public long? HashedBytes { get; init; }

    /// <summary>The ticket.</summary>
    public string? Ticket { get; init; }

    /// <summary>What the ticket says about the way here.</summary>
    public TicketForm? TicketType { get; init; }

    /// <summary>Whether the ticket had to be renewed after a restart, because it named a port that was taken meanwhile.</summary>
    public bool IsRenewed { get; init; }

    /// <summary>Whether the ticket was put on the clipboard, where the order asked for that.</summary>
    public bool? IsCopied { get; init; }

    /// <summary>Whether notifications tell what becomes of it.</summary>
    public bool Notify { get; init; }

    /// <summary>Root hash.</summary>
    public string? Hash { get; init; }

    /// <summary>The relay that the ticket names.</summary>
    public string? Relay { get; init; }

    /// <summary>The addresses that the ticket names.</summary>
    public IReadOnlyList<string> Addresses { get; init => field = value ?? []; } = [];

    /// <summary>The discovery services that announce it.</summary>
    public IReadOnlyList<string> Discovery { get; init => field = value ?? []; } = [];

    /// <summary>Who is or was served since the service started, the latest hundred.</summary>
    public IReadOnlyList<ReceiverView> Receivers { get; init => field = value ?? []; } = [];

    /// <summary>How many receivers have verified everything.</summary>
    public int Deliveries { get; init; }

    /// <summary>What was left out, at most a hundred entries.</summary>
    public IReadOnlyList<SkippedView> Skipped { get; init => field = value ?? []; } = [];

    /// <summary>Why it is not served, or why a request was refused last.</summary>
    public ErrorView? Error { get; init; }
}

/// <summary>Something that is not part of a share.</summary>
/// <param name="Path">Which.</param>
/// <param name="Reason">Why, for people.</param>
public sealed record SkippedView(string Path, string Reason);
