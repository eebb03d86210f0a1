using AltSendme.Core.Settings;

namespace AltSendme.Service.Shares;

/// <summary>What is kept of a share, so that it is the same share after a restart. Its key lies beside it in a file of its own.</summary>
internal sealed record ShareRecord
{
    /// <summary>The layout that this program writes; it leaves later ones alone.</summary>
    public const int CurrentVersion = 1;

    /// <summary>Layout of this record.</summary>
    public int Version { get; init; } = CurrentVersion;

    public required string Id { get; init; }

    public required DateTimeOffset Created { get; init; }

    /// <summary>What is shared, absolute.</summary>
    public required IReadOnlyList<string> Paths { get; init; }

    /// <summary>Whether the one path is a text that the service itself keeps.</summary>
    public bool IsText { get; init; }

    /// <summary>Whether the paths are files that were uploaded and that the service itself keeps.</summary>
    public bool IsUpload { get; init; }

    public required TicketForm TicketType { get; init; }

    public bool Broadcast { get; init; }

    public DateTimeOffset? Expires { get; init; }

    /// <summary>Whether it uses the user's persistent key in place of one of its own.</summary>
    public bool UsesUserKey { get; init; }

    /// <summary>Whether notifications tell what becomes of it.</summary>
    public bool Notify { get; init; }

    /// <summary>Root hash, once there is a ticket.</summary>
    public string? Hash { get; init; }

    public string? Ticket { get; init; }

    public int Port { get; init; }

    public string? Name { get; init; }

    public int Files { get; init; }

    public long Bytes { get; init; }

    public int Deliveries { get; init; }
}
