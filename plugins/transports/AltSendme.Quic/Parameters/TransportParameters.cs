using AltSendme.Quic.ConnectionIds;

namespace AltSendme.Quic.Parameters;

/// <summary>What one end declares about itself in the handshake (RFC 9000, section 18). Defaults are those that hold when a parameter is absent.</summary>
internal sealed record TransportParameters
{
    /// <summary>The destination of the client's very first Initial; servers only.</summary>
    public ConnectionId? OriginalDestinationConnectionId { get; init; }

    /// <summary>The source that the sender put into its first Initial.</summary>
    public ConnectionId? InitialSourceConnectionId { get; init; }

    /// <summary>The source of the Retry packet; servers that sent one only.</summary>
    public ConnectionId? RetrySourceConnectionId { get; init; }

    /// <summary>Token of the connection id of the handshake; servers only.</summary>
    public StatelessResetToken? ResetToken { get; init; }

    /// <summary>Silence after which the connection is given up; zero means never.</summary>
    public TimeSpan MaxIdleTimeout { get; init; }

    /// <summary>Largest UDP payload in bytes that the sender takes; at least 1200.</summary>
    public ulong MaxUdpPayloadSize { get; init; } = 65527;

    /// <summary>Bytes that may be sent on all streams together at first.</summary>
    public ulong InitialMaxData { get; init; }

    /// <summary>Bytes that may be sent at first on a bidirectional stream that the sender of the parameters opened.</summary>
    public ulong InitialMaxStreamDataBidiLocal { get; init; }

    /// <summary>Bytes that may be sent at first on a bidirectional stream that the receiver of the parameters opened.</summary>
    public ulong InitialMaxStreamDataBidiRemote { get; init; }

    /// <summary>Bytes that may be sent at first on a unidirectional stream.</summary>
    public ulong InitialMaxStreamDataUni { get; init; }

    /// <summary>Bidirectional streams that the receiver of the parameters may open.</summary>
    public ulong InitialMaxStreamsBidi { get; init; }

    /// <summary>Unidirectional streams that the receiver of the parameters may open.</summary>
    public ulong InitialMaxStreamsUni { get; init; }

    /// <summary>Power of two that scales the delay in ACK frames; at most 20.</summary>
    public int AckDelayExponent { get; init; } = 3;

    /// <summary>How long the sender may put an acknowledgement off; below 2^14 ms.</summary>
    public TimeSpan MaxAckDelay { get; init; } = TimeSpan.FromMilliseconds(25);

    /// <summary>Whether the peer must not migrate while it uses the handshake's address.</summary>
    public bool DisableActiveMigration { get; init; }

    /// <summary>Connection ids that the sender is ready to hold; at least 2.</summary>
    public ulong ActiveConnectionIdLimit { get; init; } = 2;

    /// <summary>Largest DATAGRAM frame in bytes that the sender takes; zero when it takes none (RFC 9221, section 3).</summary>
    public ulong MaxDatagramFrameSize { get; init; }

    /// <summary>Whether the sender accepts any value of the fixed bit (RFC 9287).</summary>
    public bool GreaseQuicBit { get; init; }

    /// <summary>The shortest delay of acknowledgements that may be asked of the sender; null when nothing may (draft-ietf-quic-ack-frequency, section 3). At most <see cref="MaxAckDelay"/>.</summary>
    public TimeSpan? MinAckDelay { get; init; }

    /// <summary>Whether the sender reports the address at which it sees its peer, and wants such reports (draft-ietf-quic-address-discovery, section 2).</summary>
    public AddressDiscoveryRole AddressDiscovery { get; init; }
}
