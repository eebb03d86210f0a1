namespace AltSendme.Service.Client.Contract;

/// <summary>Something changed. The object that changed comes whole, as it is now, so that a watcher needs no memory of earlier events.</summary>
/// <param name="Type">What changed.</param>
/// <param name="Subject">Id of the share or receive.</param>
public sealed record ServiceEvent(ServiceEventType Type, string? Subject)
{
    /// <summary>Position in the stream, to go on from after a lost connection (<c>Last-Event-ID</c>). Not part of the JSON.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public string? Position { get; init; }

    /// <summary>The share, for <see cref="ServiceEventType.Share"/>.</summary>
    public ShareView? Share { get; init; }

    /// <summary>The receive, for <see cref="ServiceEventType.Receive"/>.</summary>
    public ReceiveView? Receive { get; init; }
}

/// <summary>Kinds of events.</summary>
public enum ServiceEventType
{
    /// <summary>The stream begins, or events were missed: ask for the lists again, the stream goes on from here.</summary>
    Reset,

    /// <summary>A share is new or has changed.</summary>
    Share,

    /// <summary>A share is no longer listed.</summary>
    ShareRemoved,

    /// <summary>A receive is new or has changed.</summary>
    Receive,

    /// <summary>A receive is no longer listed.</summary>
    ReceiveRemoved,

    /// <summary>The settings or the policy have changed.</summary>
    Settings,
}
