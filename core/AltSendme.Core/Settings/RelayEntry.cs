namespace AltSendme.Core.Settings;

/// <summary>A relay of one's own, in <c>Relays:Custom</c>.</summary>
public sealed class RelayEntry
{
    /// <summary>Its URL: http, https or the scheme of a relay plugin.</summary>
    public string Url { get; set; } = "";

    /// <summary>The token that it asks for. A secret: shown to this relay only, and never logged.</summary>
    public string? Token { get; set; }
}
