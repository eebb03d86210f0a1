namespace AltSendme.Quic;

/// <summary>What a user of a connection may choose. Immutable; a connection keeps the options that it began with.</summary>
public sealed record ConnectionOptions
{
    /// <summary>Silence after which the connection is given up, unless the peer asks for less; zero means never (RFC 9000, section 10.1).</summary>
    public TimeSpan MaxIdleTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Silence after which a PING keeps the connection alive; zero means never.</summary>
    public TimeSpan KeepAliveInterval { get; init; }

    /// <summary>How long a handshake may take.</summary>
    public TimeSpan HandshakeTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Bytes that the peer may be ahead of the reader of a stream at first.</summary>
    public ulong InitialStreamWindow { get; init; } = 2 << 20;

    /// <summary>What that may grow to while the reader keeps up.</summary>
    public ulong MaxStreamWindow { get; init; } = 24 << 20;

    /// <summary>Bytes that the peer may be ahead of the readers of all streams at first.</summary>
    public ulong InitialConnectionWindow { get; init; } = 3 << 20;

    /// <summary>What that may grow to while the readers keep up. It bounds the memory for received data.</summary>
    public ulong MaxConnectionWindow { get; init; } = 32 << 20;

    /// <summary>Bidirectional streams that the peer may have open at once.</summary>
    public ulong MaxBidirectionalStreams { get; init; } = 100;

    /// <summary>Unidirectional streams that the peer may have open at once.</summary>
    public ulong MaxUnidirectionalStreams { get; init; } = 100;

    /// <summary>Bytes of written, but not yet acknowledged stream data that are held at most; the real bound follows the congestion window. A peer that does not read costs no more than this.</summary>
    public ulong MaxSendBuffer { get; init; } = 64 << 20;

    /// <summary>Largest UDP payload to try, in bytes: the interface's MTU less IP and UDP headers.</summary>
    public int MaxDatagramSize { get; init; } = 1452;

    /// <summary>Whether larger datagrams than 1200 bytes are probed for.</summary>
    public bool DiscoverMtu { get; init; } = true;

    /// <summary>Whether packets are marked as capable of ECN, where the driver can set and read the mark.</summary>
    public bool UseEcn { get; init; } = true;

    /// <summary>Largest DATAGRAM frame that is taken; zero for none (RFC 9221).</summary>
    public ulong MaxDatagramFrameSize { get; init; } = 65535;

    /// <summary>DATAGRAM payload bytes that may wait to be sent; the oldest give way.</summary>
    public int DatagramSendBuffer { get; init; } = 1 << 20;

    /// <summary>1-RTT packets after which keys are changed; never more than half of the cipher's limit (RFC 9001, section 6.6).</summary>
    public ulong KeyUpdatePackets { get; init; } = 1UL << 22;

    /// <summary>Whether the peer is told at which address it is seen, and asked at which one we are.</summary>
    public AddressDiscoveryRole AddressDiscovery { get; init; }

    /// <summary>Begins to watch a connection, given its end, its original destination connection id and the time; null watches none. See <see cref="Qlog.QlogWriter"/>.</summary>
    internal Func<Crypto.Side, ConnectionId, Instant, Qlog.IConnectionObserver?>? Observe { get; init; }

    /// <summary>Datagrams that one call of Transmit may put next to each other for segmentation offload.</summary>
    public int MaxSegments { get; init; } = 64;
}
