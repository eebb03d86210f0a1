using AltSendme.Core.Receiving;
using AltSendme.Service.Client.Contract;

namespace AltSendme.Service.Receives;

/// <summary>What is kept of a receive, so that it can go on after whatever ended it.</summary>
internal sealed record ReceiveRecord
{
    /// <summary>The layout that this program writes; it leaves later ones alone.</summary>
    public const int CurrentVersion = 1;

    /// <summary>Layout of this record.</summary>
    public int Version { get; init; } = CurrentVersion;

    public required string Id { get; init; }

    public required DateTimeOffset Created { get; init; }

    public required DateTimeOffset Updated { get; init; }

    public required ReceiveState State { get; init; }

    public required IReadOnlyList<string> Tickets { get; init; }

    public required string Destination { get; init; }

    public required ConflictRule Conflict { get; init; }

    public DateTimeOffset? WaitUntil { get; init; }

    /// <summary>Whether notifications tell what becomes of it.</summary>
    public bool Notify { get; init; }

    public string? Name { get; init; }

    public int? Files { get; init; }

    public long Bytes { get; init; }

    public long? TotalBytes { get; init; }

    /// <summary>Restarts of the service in a row that resumed it and saw nothing new arrive.</summary>
    public int VainResumes { get; init; }

    public IReadOnlyList<string> Paths { get; init => field = value ?? []; } = [];

    public ErrorView? Error { get; init; }
}
