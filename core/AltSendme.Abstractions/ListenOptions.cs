using System.Net;

namespace AltSendme.Abstractions;

/// <summary>What a transport is asked to listen for.</summary>
/// <param name="Protocols">The protocols to accept; at least one.</param>
public sealed record ListenOptions(IReadOnlyList<Alpn> Protocols)
{
    /// <summary>The port to use, 1 to 65535; 0 lets the system choose. All transports of a session use one number, so that one address in a ticket serves them all.</summary>
    public int Port { get; init; }

    /// <summary>The local addresses to listen on; empty for all of them, IPv4 and IPv6.</summary>
    public IReadOnlyList<IPAddress> Addresses { get; init; } = [];
}
