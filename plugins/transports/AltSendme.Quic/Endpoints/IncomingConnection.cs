using AltSendme.Quic.Paths;

namespace AltSendme.Quic.Endpoints;

/// <summary>A client that wants to connect: its first Initial, before anything was decided or kept. Accept, refuse, retry or ignore it with the endpoint that reported it.</summary>
internal sealed record IncomingConnection
{
    /// <summary>Where it comes from.</summary>
    public required NetworkPath Path { get; init; }

    /// <summary>Destination of this Initial.</summary>
    public required ConnectionId Destination { get; init; }

    /// <summary>Source of this Initial.</summary>
    public required ConnectionId Source { get; init; }

    /// <summary>Destination of the client's very first Initial: differs from <see cref="Destination"/> after a Retry.</summary>
    public required ConnectionId OriginalDestination { get; init; }

    /// <summary>Whether a token proved the client's address: one of a Retry, or of an earlier connection.</summary>
    public required bool IsAddressValidated { get; init; }

    /// <summary>Whether the client comes back after a Retry: it would not take another one.</summary>
    public required bool IsRetried { get; init; }
}
