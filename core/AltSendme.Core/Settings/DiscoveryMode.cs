namespace AltSendme.Core.Settings;

/// <summary>Whether discovery services are used.</summary>
public enum DiscoveryMode
{
    /// <summary>Those that are installed and not switched off one by one.</summary>
    On,

    /// <summary>None: a ticket has to name the way.</summary>
    Off,
}
