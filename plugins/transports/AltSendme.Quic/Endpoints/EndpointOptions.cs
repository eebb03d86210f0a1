namespace AltSendme.Quic.Endpoints;

/// <summary>What a user of an endpoint may choose. Immutable.</summary>
internal sealed record EndpointOptions
{
    /// <summary>Whether clients may connect here.</summary>
    public bool AcceptsConnections { get; init; }

    /// <summary>Handshakes under way from which on a client must first prove its address with a Retry: what a flood of forged Initials can make us keep (RFC 9000, section 21.3).</summary>
    public int MaxUnprovenHandshakes { get; init; } = 256;

    /// <summary>Connections and handshakes in all; clients beyond are refused.</summary>
    public int MaxConnections { get; init; } = 16384;

    /// <summary>How long a Retry token is good.</summary>
    public TimeSpan RetryTokenLifetime { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>How long a token is good that a client gets for its next connection (RFC 9000, section 8.1.3); zero gives none.</summary>
    public TimeSpan AddressTokenLifetime { get; init; } = TimeSpan.FromDays(1);

    /// <summary>Stateless resets sent in one second at most: they answer datagrams that anybody can forge.</summary>
    public int MaxResetsPerSecond { get; init; } = 100;
}
