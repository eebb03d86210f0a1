namespace AltSendme.Core.Settings;

/// <summary>Section <c>Relays</c>.</summary>
public sealed class RelaySettings
{
    /// <summary>Which relays are used.</summary>
    public RelayMode Mode { get; set; } = RelayMode.Default;

    /// <summary>The relays for <see cref="RelayMode.Custom"/>, the preferred one first where their distances are not known.</summary>
    public IList<RelayEntry> Custom { get; } = [];

    /// <summary>What happens when none of <see cref="Custom"/> answers.</summary>
    public RelayFallback WhenUnreachable { get; set; } = RelayFallback.Direct;
}
