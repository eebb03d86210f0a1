namespace AltSendme.Service.Client.Contract;

/// <summary>A connection of somebody who fetches a share.</summary>
public sealed record ReceiverView
{
    /// <summary>Number of the connection in this share, from 1.</summary>
    public required int Number { get; init; }

    /// <summary>Who, short id.</summary>
    public required string Peer { get; init; }

    /// <summary>Whether it is there, has everything, or left.</summary>
    public required ReceiverState State { get; init; }

    /// <summary>How it reaches us: <c>direct</c> or <c>relayed</c>.</summary>
    public string? Path { get; init; }

    /// <summary>From where.</summary>
    public string? Address { get; init; }

    /// <summary>Content sent to it.</summary>
    public long Bytes { get; init; }

    /// <summary>Rate over the last seconds.</summary>
    public long BytesPerSecond { get; init; }

    /// <summary>Why it left.</summary>
    public string? Reason { get; init; }
}

/// <summary>How a receiver stands.</summary>
public enum ReceiverState
{
    /// <summary>It is connected.</summary>
    Connected,

    /// <summary>It has verified everything.</summary>
    Completed,

    /// <summary>It left without having everything.</summary>
    Left,
}
