using AltSendme.Quic.ConnectionIds;
using AltSendme.Quic.Crypto;
using AltSendme.Quic.Endpoints;
using AltSendme.Quic.Paths;

namespace AltSendme.Quic;

/// <summary>What a connection begins with. The endpoint fills it.</summary>
internal sealed record ConnectionSetup
{
    /// <summary>Which end.</summary>
    public required Side Side { get; init; }

    /// <summary>The user's choices.</summary>
    public required ConnectionOptions Options { get; init; }

    /// <summary>Cryptography.</summary>
    public required ICryptoProvider Provider { get; init; }

    /// <summary>Chance.</summary>
    public required RandomSource Random { get; init; }

    /// <summary>Makes our connection ids.</summary>
    public required ConnectionIdIssuer Issuer { get; init; }

    /// <summary>The first path.</summary>
    public required NetworkPath Path { get; init; }

    /// <summary>Our id of the handshake.</summary>
    public required ConnectionId LocalId { get; init; }

    /// <summary>Where first packets go: a client's random id, or the source of the client's Initial.</summary>
    public required ConnectionId RemoteId { get; init; }

    /// <summary>Destination of the client's very first Initial.</summary>
    public required ConnectionId OriginalDestination { get; init; }

    /// <summary>Source of our Retry, when the client came back after one.</summary>
    public ConnectionId? RetrySource { get; init; }

    /// <summary>Whether a token proved the client's address; true for clients, whose server needs no proof.</summary>
    public required bool IsAddressValidated { get; init; }

    /// <summary>Makes tokens for the client's next connection; servers only.</summary>
    public AddressToken? AddressTokens { get; init; }

    /// <summary>A token from an earlier connection that the client shows.</summary>
    public byte[] Token { get; init; } = [];
}
