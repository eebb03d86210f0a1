namespace AltSendme.Quic.Paths;

/// <summary>What a <see cref="NetworkAddress"/> means.</summary>
public enum AddressKind : byte
{
    /// <summary>No address: "any", or not known.</summary>
    None,

    /// <summary>IPv4 and a UDP port.</summary>
    IPv4,

    /// <summary>IPv6 and a UDP port.</summary>
    IPv6,

    /// <summary>A number that only the datagram path understands: a relayed peer, or a host of a simulated network.</summary>
    Opaque,
}
