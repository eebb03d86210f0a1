namespace AltSendme.Quic;

/// <summary>What an end does about the addresses that the ends see of each other (draft-ietf-quic-address-discovery, section 2). Reports flow where one end reports and the other one learns.</summary>
[Flags]
public enum AddressDiscoveryRole
{
    /// <summary>Nothing; the parameter stays out of the handshake.</summary>
    None = 0,

    /// <summary>Tells the peer at which address it is seen, and again when that changes.</summary>
    Report = 1,

    /// <summary>Wants to be told.</summary>
    Learn = 2,
}
