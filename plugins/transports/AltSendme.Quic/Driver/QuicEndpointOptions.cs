using System.Net;
using AltSendme.Quic.Endpoints;
using AltSendme.Quic.Tls;

namespace AltSendme.Quic.Driver;

/// <summary>What an endpoint is made of. Immutable.</summary>
public sealed record QuicEndpointOptions
{
    /// <summary>Where to listen; port 0 lets the system choose, <see cref="IPAddress.IPv6Any"/> takes IPv4 as well.</summary>
    public required IPEndPoint LocalEndPoint { get; init; }

    /// <summary>This end's raw public key: 32 bytes of Ed25519. An endpoint that has none can only show a certificate, and connect to servers that do.</summary>
    public ReadOnlyMemory<byte> PublicKey { get; init; }

    /// <summary>Signs with the key that belongs to <see cref="PublicKey"/>. Called on the endpoint's thread.</summary>
    public SignHandshake Sign { get; init; } = static (_, _) => throw new InvalidOperationException("The endpoint has no key.");

    /// <summary>
    /// The certificate that clients are shown instead of <see cref="PublicKey"/>, asked for at each handshake, on the endpoint's thread. Its clients prove nothing: their <see cref="QuicConnection.RemotePublicKey"/>
    /// is empty. Null, as between peers, for raw keys on both sides and nothing else.
    /// </summary>
    public Func<ServerCertificate>? Certificate { get; init; }

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

    /// <summary>Where each connection leaves a qlog, for those who want to see what happened on the wire; null for none.</summary>
    public QlogOutput? Qlog { get; init; }

    /// <summary>The clock.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    internal bool AcceptsConnections => ApplicationProtocols.Count > 0;

    internal EndpointOptions ForCore() => new() { AcceptsConnections = AcceptsConnections, MaxConnections = MaxConnections, MaxUnprovenHandshakes = MaxUnprovenHandshakes };

    // Makes the keys of what is answered without a connection; without an identity any configuration does.
    internal TlsProvider ProviderForAnswers() => PublicKey.IsEmpty ? ProviderFor([new byte[] { 0 }], new ServerName("localhost")) : ProviderFor([new byte[] { 0 }], default(ReadOnlyMemory<byte>));

    internal TlsProvider ProviderForClients() => Certificate is null
        ? ProviderFor(ApplicationProtocols, default(ReadOnlyMemory<byte>))
        : new TlsProvider(new TlsConfiguration { Certificate = Certificate, ApplicationProtocols = ApplicationProtocols });

    internal static TlsProvider ProviderFor(IReadOnlyList<ReadOnlyMemory<byte>> protocols, ServerName server) =>
        new(new TlsConfiguration { Server = server, ApplicationProtocols = protocols });

    /// <summary>Options of a connection that leaves its qlog where one is wanted.</summary>
    internal ConnectionOptions Logged(ConnectionOptions connection) =>
        Qlog is { } output ? connection with { Observe = (side, id, now) => output.Begin(side, id, now, TimeProvider.GetUtcNow()) } : connection;

    internal TlsProvider ProviderFor(IReadOnlyList<ReadOnlyMemory<byte>> protocols, ReadOnlyMemory<byte> expectedPeer) =>
        new(new TlsConfiguration { PublicKey = PublicKey, Sign = Sign, ApplicationProtocols = protocols, ExpectedPeer = expectedPeer });
}
