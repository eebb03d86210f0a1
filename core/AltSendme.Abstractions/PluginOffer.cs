namespace AltSendme.Abstractions;

/// <summary>What a plugin offers. It sets the member that its manifest's kind names; the host calls it whenever it needs an instance.</summary>
public sealed record PluginOffer
{
    /// <summary>Makes a transport for one endpoint session. No I/O.</summary>
    public Func<EndpointContext, ITransport>? Transport { get; init; }

    /// <summary>Makes a discovery for one endpoint session. No I/O.</summary>
    public Func<EndpointContext, IDiscovery>? Discovery { get; init; }

    /// <summary>Makes the tunnel to one relay. Connecting starts at once, in the background.</summary>
    public Func<RelayContext, IRelay>? Relay { get; init; }

    /// <summary>
    /// Measures how far away a relay is, without a tunnel: the host picks the relay to be reachable through by it. <see langword="null"/> where the plugin can't; its relays are then taken in the
    /// order of the settings. A relay that does not answer is a report without a latency, never an exception.
    /// </summary>
    public Func<Uri, CancellationToken, ValueTask<RelayReport>>? MeasureRelay { get; init; }

    /// <summary>
    /// Asks a relay at which public address it sees this machine: what <c>altsendme relay test</c> shows. <see langword="null"/> where the plugin can't. A relay that does not answer is a report without an
    /// address, never an exception.
    /// </summary>
    public Func<Uri, CancellationToken, ValueTask<ObservedAddressReport>>? ObserveAddress { get; init; }
}
