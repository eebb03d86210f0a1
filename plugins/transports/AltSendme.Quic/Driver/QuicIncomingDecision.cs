namespace AltSendme.Quic.Driver;

/// <summary>What a server does about a client that wants to connect.</summary>
public enum QuicIncomingDecision
{
    /// <summary>Begins the handshake.</summary>
    Accept,

    /// <summary>Lets it prove its address first (RFC 9000, section 8.1.2); it comes back with the proof. A client whose address is validated already is accepted.</summary>
    Retry,

    /// <summary>Sends it away: it learns at once that no connection is taken.</summary>
    Refuse,

    /// <summary>Says nothing; the client tries again until it gives up.</summary>
    Ignore,
}
