using AltSendme.Core.Receiving;

namespace AltSendme.Service.Client.Contract;

/// <summary>A receive as the service sees it now.</summary>
public sealed record ReceiveView
{
    /// <summary>Names the receive in this service; survives its restarts.</summary>
    public required string Id { get; init; }

    /// <summary>How it stands.</summary>
    public required ReceiveState State { get; init; }

    /// <summary>When it was ordered.</summary>
    public required DateTimeOffset Created { get; init; }

    /// <summary>When its state last changed.</summary>
    public required DateTimeOffset Updated { get; init; }

    /// <summary>The first sender, short id.</summary>
    public required string Sender { get; init; }

    /// <summary>How many senders.</summary>
    public int Senders { get; init; }

    /// <summary>Root hash.</summary>
    public required string Hash { get; init; }

    /// <summary>Folder that it goes into.</summary>
    public required string Destination { get; init; }

    /// <summary>What happens when a name is taken.</summary>
    public required ConflictRule Conflict { get; init; }

    /// <summary>Name at the top of the share, of the first of several, once it is known.</summary>
    public string? Name { get; init; }

    /// <summary>How many files, once it is known.</summary>
    public int? Files { get; init; }

    /// <summary>Bytes verified.</summary>
    public long Bytes { get; init; }

    /// <summary>All of them, once it is known.</summary>
    public long? TotalBytes { get; init; }

    /// <summary>Rate over the last seconds.</summary>
    public long BytesPerSecond { get; init; }

    /// <summary>Estimated time left.</summary>
    public long? SecondsLeft { get; init; }

    /// <summary>How the sender is reached: <c>direct</c> or <c>relayed</c>.</summary>
    public string? Path { get; init; }

    /// <summary>Where.</summary>
    public string? Address { get; init; }

    /// <summary>Round-trip time in milliseconds.</summary>
    public double? RoundTripMilliseconds { get; init; }

    /// <summary>What it does while nothing arrives, for people.</summary>
    public string? Notice { get; init; }

    /// <summary>Whether notifications tell what becomes of it.</summary>
    public bool Notify { get; init; }

    /// <summary>Until when it waits for a sender that is not there.</summary>
    public DateTimeOffset? WaitUntil { get; init; }

    /// <summary>When the sender is tried next, while it waits.</summary>
    public DateTimeOffset? NextTry { get; init; }

    /// <summary>When the record is removed by itself, with what is unfinished.</summary>
    public DateTimeOffset? KeptUntil { get; init; }

    /// <summary>Where the files and folders are, top level only, once it is completed.</summary>
    public IReadOnlyList<string> Paths { get; init => field = value ?? []; } = [];

    /// <summary>Whether it can be resumed.</summary>
    public bool CanResume { get; init; }

    /// <summary>Why it failed or waits.</summary>
    public ErrorView? Error { get; init; }
}
