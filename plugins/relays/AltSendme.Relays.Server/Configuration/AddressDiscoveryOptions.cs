namespace AltSendme.Relays.Server.Configuration;

/// <summary>Section <c>AddressDiscovery</c>: endpoints are told their public address over QUIC.</summary>
internal sealed class AddressDiscoveryOptions
{
    /// <summary>What <see cref="Listen"/> says to switch it off.</summary>
    public const string Off = "off";

    /// <summary>IP address and UDP port; <c>off</c>; or empty for the address of the relay itself and the port that iroh's endpoints ask at. Needs a certificate.</summary>
    public string Listen { get; set; } = "";

    /// <summary>Connections in all. Endpoints hold theirs to hear of changes.</summary>
    public int Connections { get; set; } = 20_000;

    /// <summary>Handshakes begun in a second: each costs a signature. More are left unanswered; an endpoint asks again.</summary>
    public int HandshakesPerSecond { get; set; } = 200;
}
