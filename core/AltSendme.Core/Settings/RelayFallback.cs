namespace AltSendme.Core.Settings;

/// <summary>What happens when none of a user's own relays answers. It is said aloud each time.</summary>
public enum RelayFallback
{
    /// <summary>Only direct connections are left; the relays are tried again and again.</summary>
    Direct,

    /// <summary>Nothing is shared.</summary>
    Stop,

    /// <summary>The public relays take their place until one answers.</summary>
    Public,
}
