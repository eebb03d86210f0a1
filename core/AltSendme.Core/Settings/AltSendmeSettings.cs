namespace AltSendme.Core.Settings;

/// <summary>What a user or administrator can set in <c>settings.json</c> or the environment (docs/settings.md). A session keeps the values it began with.</summary>
public sealed class AltSendmeSettings
{
    /// <summary>How this side listens.</summary>
    public ListenSettings Listen { get; set; } = new();

    /// <summary>How peers are reached.</summary>
    public ConnectSettings Connect { get; set; } = new();

    /// <summary>Which relays stand in where peers can't reach each other.</summary>
    public RelaySettings Relays { get; set; } = new();

    /// <summary>Who is told about shares, and asked about senders.</summary>
    public DiscoverySettings Discovery { get; set; } = new();

    /// <summary>How shares are made.</summary>
    public SendSettings Send { get; set; } = new();

    /// <summary>How shares are received.</summary>
    public ReceiveSettings Receive { get; set; } = new();

    /// <summary>How the background service behaves.</summary>
    public ServiceSettings Service { get; set; } = new();

    /// <summary>Whether transfers are counted.</summary>
    public AnalyticsSettings Analytics { get; set; } = new();

    /// <summary>How fast.</summary>
    public LimitSettings Limits { get; set; } = new();
}
