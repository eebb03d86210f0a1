namespace AltSendme.RelayProtocol;

/// <summary>What a WebSocket message is: the first bytes of each, as a QUIC variable-length integer.</summary>
public enum FrameType
{
    /// <summary>Relay to client: 16 random bytes to sign.</summary>
    ServerChallenge = 0,

    /// <summary>Client to relay: id and signature.</summary>
    ClientAuth = 1,

    /// <summary>Relay to client: you are in.</summary>
    ServerConfirmsAuth = 2,

    /// <summary>Relay to client: you are not, and why.</summary>
    ServerDeniesAuth = 3,

    /// <summary>Client to relay: destination, congestion mark, a datagram.</summary>
    ClientToRelayDatagram = 4,

    /// <summary>Client to relay: destination, congestion mark, segment size, datagrams of that size.</summary>
    ClientToRelayBatch = 5,

    /// <summary>Relay to client: source, congestion mark, a datagram.</summary>
    RelayToClientDatagram = 6,

    /// <summary>Relay to client: source, congestion mark, segment size, datagrams of that size.</summary>
    RelayToClientBatch = 7,

    /// <summary>Relay to client: this endpoint, which has sent to you, is no longer here.</summary>
    EndpointGone = 8,

    /// <summary>Either way: eight bytes to be sent back.</summary>
    Ping = 9,

    /// <summary>Either way: the eight bytes of a ping.</summary>
    Pong = 10,

    /// <summary>Relay to client, version 1 only: a problem, as text.</summary>
    Health = 11,

    /// <summary>Relay to client: the relay restarts; two times in milliseconds.</summary>
    Restarting = 12,

    /// <summary>Relay to client, from version 2: how the connection stands, as a number.</summary>
    Status = 13,
}
