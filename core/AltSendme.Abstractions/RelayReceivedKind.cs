namespace AltSendme.Abstractions;

/// <summary>What a relay may deliver.</summary>
public enum RelayReceivedKind
{
    /// <summary>Datagrams from a peer.</summary>
    Datagrams,

    /// <summary>The relay does not, or no longer, know the peer: what is sent to it will be lost.</summary>
    EndpointGone,
}
