namespace AltSendme.Core.Settings;

/// <summary>Section <c>Discovery</c>.</summary>
public sealed class DiscoverySettings
{
    /// <summary>Whether discovery services are used.</summary>
    public DiscoveryMode Mode { get; set; } = DiscoveryMode.On;

    /// <summary>When shares are announced.</summary>
    public PublishRule Publish { get; set; } = PublishRule.Needed;

    /// <summary>What services outside the local network are told.</summary>
    public PublishedAddresses PublishAddresses { get; set; } = PublishedAddresses.Relay;

    /// <summary>Switches services off one by one (<see langword="false"/>), by plugin id or its last part (<c>mdns</c>); those that are not named are used.</summary>
    public IDictionary<string, bool> Services { get; } = new Dictionary<string, bool>(StringComparer.OrdinalIgnoreCase);
}
