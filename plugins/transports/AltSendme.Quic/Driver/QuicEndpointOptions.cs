using System.Net;
using AltSendme.Quic.Endpoints;
using AltSendme.Quic.Tls;

namespace AltSendme.Quic.Driver;

/// <summary>What an endpoint is made of. Immutable.</summary>
public sealed record QuicEndpointOptions
{
    /// <summary>Where to listen; port 0 lets the system choose, <see cref="IPAddress.IPv6Any"/> takes IPv4 as well.</summary>
    public required IPEndPoint LocalEndPoint { get; init; }

    /// <summary>This end's raw public key: 32 bytes of Ed25519.</summary>
    public required ReadOnlyMemory<byte> PublicKey { get; init; }

    /// <summary>Signs with the key that belongs to <see cref="PublicKey"/>. Called on the endpoint's thread.</summary>
    public required SignHandshake Sign { get; init; }

    /// <summary>Application protocols that clients may connect with, best first; none when the endpoint only connects.</summary>
    public IReadOnlyList<ReadOnlyMemory<byte>> ApplicationProtocols { get; init; } = [];

    /// <summary>Connections in all, handshakes included.</summary>
    public int MaxConnections { get; init; } = 16384;

    /// <summary>Handshakes of unproven addresses that may be under way before clients must prove their address with a Retry; 0 asks all of them.</summary>
    public int MaxUnprovenHandshakes { get; init; } = 256;

    /// <summary>
    /// Decides about each client that wants to connect, before anything is kept about it; null accepts all. Called on the endpoint's thread: it must return fast, and a fault in it refuses that client. Clients beyond
    /// <see cref="MaxConnections"/> and <see cref="MaxUnprovenHandshakes"/> are answered before it is asked.
    /// </summary>
    public Func<QuicIncoming, QuicIncomingDecision>? DecideIncoming { get; init; }

    /// <summary>Connections that may wait for <see cref="QuicEndpoint.AcceptAsync"/>; more are refused.</summary>
    public int Backlog { get; init; } = 1024;

    /// <summary>Limits and timeouts of every connection.</summary>
    public ConnectionOptions Connection { get; init; } = new();

    /// <summary>The clock.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    internal bool AcceptsConnections => ApplicationProtocols.Count > 0;

    internal EndpointOptions ForCore() => new() { AcceptsConnections = AcceptsConnections, MaxConnections = MaxConnections, MaxUnprovenHandshakes = MaxUnprovenHandshakes };

    internal TlsProvider ProviderFor(IReadOnlyList<ReadOnlyMemory<byte>> protocols, ReadOnlyMemory<byte> expectedPeer) =>
        new(new TlsConfiguration { PublicKey = PublicKey, Sign = Sign, ApplicationProtocols = protocols, ExpectedPeer = expectedPeer });
}
