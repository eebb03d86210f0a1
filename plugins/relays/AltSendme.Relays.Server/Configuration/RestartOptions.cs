namespace AltSendme.Relays.Server.Configuration;

/// <summary>Section <c>Restart</c>: clients are told before the relay goes, and what waits for them is sent.</summary>
internal sealed class RestartOptions
{
    /// <summary>How long the relay waits for that.</summary>
    public TimeSpan Drain { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Each client is asked to come back after a time of its own between zero and this, so that not all come at once.</summary>
    public TimeSpan Spread { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>How long clients should go on trying.</summary>
    public TimeSpan TryFor { get; set; } = TimeSpan.FromSeconds(10);
}
