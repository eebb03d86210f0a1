namespace AltSendme.Core.Settings;

/// <summary>What services outside the local network are told about a share.</summary>
public enum PublishedAddresses
{
    /// <summary>The relay alone.</summary>
    Relay,

    /// <summary>The relay and the IP addresses of this machine.</summary>
    All,
}
