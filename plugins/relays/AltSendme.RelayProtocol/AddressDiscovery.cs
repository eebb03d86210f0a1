namespace AltSendme.RelayProtocol;

/// <summary>
/// How a relay tells an endpoint its public address (iroh-relay 1.x): the endpoint connects by QUIC to the relay's host, which proves its name with the relay's certificate, and learns the address from
/// OBSERVED_ADDRESS frames (draft-ietf-quic-address-discovery). No streams; the connection may be held, so that the endpoint hears of changes.
/// </summary>
public static class AddressDiscovery
{
    /// <summary>UDP port of the relay's host, unless agreed otherwise.</summary>
    public const int Port = 7842;

    /// <summary>Code with which an endpoint closes when it knows enough.</summary>
    public const ulong FinishedCode = 1;

    /// <summary>Text that goes with <see cref="FinishedCode"/>.</summary>
    public const string FinishedReason = "finished";

    /// <summary>Name of the protocol in the handshake.</summary>
    public static ReadOnlyMemory<byte> Alpn { get; } = "/iroh-qad/0"u8.ToArray();

    /// <summary>Silence after which an endpoint that holds a connection gives a sign of life.</summary>
    public static TimeSpan KeepAlive { get; } = TimeSpan.FromSeconds(25);

    /// <summary>Silence after which either end gives up: longer than <see cref="KeepAlive"/> by more than a few lost packets.</summary>
    public static TimeSpan IdleTimeout { get; } = TimeSpan.FromSeconds(35);
}
