namespace AltSendme.Core.Settings;

/// <summary>Section <c>Analytics</c>.</summary>
public sealed class AnalyticsSettings
{
    /// <summary>Whether finished transfers are counted.</summary>
    public bool Enabled { get; set; }

    /// <summary>The GoatCounter site that counts; empty for none.</summary>
    public string Site { get; set; } = "";
}
