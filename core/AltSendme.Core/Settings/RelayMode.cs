namespace AltSendme.Core.Settings;

/// <summary>Which relays are used.</summary>
public enum RelayMode
{
    /// <summary>The public ones of iroh, where a transport can use relays at all.</summary>
    Default,

    /// <summary>None.</summary>
    Disabled,

    /// <summary>Those that the settings name.</summary>
    Custom,
}
