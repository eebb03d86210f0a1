namespace AltSendme.Transports.Tls.Wire;

/// <summary>Every limit of the multiplexer in one place. Those that a peer must know are in docs/protocol/tls-transport.md.</summary>
internal static class MuxLimits
{
    /// <summary>Largest payload of a data frame in bytes. Four TLS records: larger ones measured no faster, and streams take turns by frame.</summary>
    public const int MaxDataLength = 64 * 1024;

    /// <summary>Longest reason of a close or fault in bytes of UTF-8.</summary>
    public const int MaxReasonLength = 1024;

    /// <summary>Longest settings in bytes.</summary>
    public const int MaxSettingsLength = 256;

    /// <summary>Bytes that a peer may send on a new stream before it is granted more.</summary>
    public const int InitialWindow = 128 * 1024;

    /// <summary>Bytes to which the window of a stream may grow while its reader keeps up.</summary>
    public const int MaxWindow = 8 * 1024 * 1024;

    /// <summary>
    /// Bytes by which all windows of a connection together may grow over their initial size. With it, the bytes that a peer can make this side hold
    /// are at most <see cref="MaxPeerStreams"/> x <see cref="InitialWindow"/> + this = 40 MiB, besides the streams that this side opened itself.
    /// </summary>
    public const int WindowGrowthBudget = MaxWindow;

    /// <summary>Streams of the peer that may be alive at once.</summary>
    public const int MaxPeerStreams = 256;

    /// <summary>Largest credit that can add up: the largest number on the wire.</summary>
    public const ulong MaxCredit = Primitives.Encoding.QuicVarInt.MaxValue;

    /// <summary>Bytes of one stream that wait for the network before its writer has to.</summary>
    public const int OutgoingPause = 256 * 1024;

    /// <summary>Bytes gathered from all streams for one write to TLS.</summary>
    public const int BatchLength = 256 * 1024;
}
