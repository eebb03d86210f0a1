namespace AltSendme.Quic.Metrics;

/// <summary>What an endpoint counts.</summary>
internal enum EndpointCount
{
    /// <summary>Packets sent.</summary>
    PacketsSent,

    /// <summary>Packets opened.</summary>
    PacketsReceived,

    /// <summary>Packets declared lost.</summary>
    PacketsLost,

    /// <summary>Packets that could not be opened: forged, damaged or late.</summary>
    PacketsUndecryptable,

    /// <summary>UDP payload bytes that connections sent.</summary>
    BytesSent,

    /// <summary>UDP payload bytes that came for connections.</summary>
    BytesReceived,

    /// <summary>Key updates by either end.</summary>
    KeyUpdates,

    /// <summary>Connections begun by either end, handshakes included.</summary>
    ConnectionsBegun,

    /// <summary>Connections that were forgotten.</summary>
    ConnectionsEnded,

    /// <summary>Handshakes that completed.</summary>
    HandshakesCompleted,

    /// <summary>Handshakes that failed or were given up.</summary>
    HandshakesFailed,

    /// <summary>Retries sent.</summary>
    Retries,

    /// <summary>Clients that were sent away.</summary>
    Refusals,

    /// <summary>Version negotiations sent.</summary>
    VersionNegotiations,

    /// <summary>Stateless resets sent.</summary>
    StatelessResets,

    /// <summary>Clients whose token of an earlier connection proved their address.</summary>
    TokensHonoured,

    /// <summary>Datagrams dropped because they are no QUIC.</summary>
    DroppedMalformed,

    /// <summary>Datagrams dropped because they begin a connection in fewer bytes than the RFC asks for.</summary>
    DroppedTooSmall,

    /// <summary>Datagrams dropped because they are for a connection that is not known, and no reset answers them.</summary>
    DroppedUnknown,

    /// <summary>Datagrams dropped because clients are not taken here.</summary>
    DroppedNotListening,

    /// <summary>Datagrams of clients that the program chose to ignore.</summary>
    DroppedIgnored,
}
