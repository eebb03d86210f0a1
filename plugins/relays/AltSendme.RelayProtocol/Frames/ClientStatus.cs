namespace AltSendme.RelayProtocol;

/// <summary>How a relay says that a client's connection stands. Numbers that this version does not know are possible, and mean nothing bad.</summary>
public enum ClientStatus
{
    /// <summary>All is well again.</summary>
    Healthy = 0,

    /// <summary>Another connection with the same endpoint id has come; it gets what arrives from now on.</summary>
    SameEndpointIdConnected = 1,

    /// <summary>The client sends more than the relay lets through, and is read more slowly.</summary>
    RateLimited = 2,
}
