namespace AltSendme.Quic;

/// <summary>How a connection came to its end.</summary>
internal enum ConnectionCloseKind : byte
{
    /// <summary>We closed it, with the application's code.</summary>
    LocalApplication,

    /// <summary>We closed it because of an error.</summary>
    LocalTransport,

    /// <summary>The peer's application closed it.</summary>
    PeerApplication,

    /// <summary>The peer closed it because of an error.</summary>
    PeerTransport,

    /// <summary>Nothing came for too long.</summary>
    IdleTimeout,

    /// <summary>The handshake took too long.</summary>
    HandshakeTimeout,

    /// <summary>The peer does not know the connection.</summary>
    StatelessReset,

    /// <summary>The peer does not speak QUIC v1.</summary>
    VersionMismatch,
}

/// <summary>Why a connection ended.</summary>
/// <param name="Kind">How.</param>
/// <param name="Code">The application's code, or a <see cref="TransportErrorCode"/>.</param>
/// <param name="Reason">Text for people; the peer's is foreign.</param>
/// <param name="FrameType">The frame type that an error was about.</param>
internal sealed record ConnectionCloseReason(ConnectionCloseKind Kind, ulong Code = 0, string Reason = "", ulong FrameType = 0);
