namespace AltSendme.Transports.Tls;

/// <summary>Every time limit and count of the transport outside dialling and the multiplexer in one place.</summary>
internal static class TransportLimits
{
    /// <summary>Accepted connections whose handshake is under way; the oldest gives way to a newer one.</summary>
    public const int MaxHandshakes = 64;

    /// <summary>Accepted connections that nobody has asked for yet; more are turned away.</summary>
    public const int MaxWaitingConnections = 128;

    /// <summary>Connections in the system's queue that were not accepted yet.</summary>
    public const int ListenBacklog = 512;

    /// <summary>Pause after the system refused to accept, doubled up to <see cref="MaxAcceptPause"/> while it goes on (too many open files, for one).</summary>
    public static readonly TimeSpan AcceptPause = TimeSpan.FromMilliseconds(50);

    /// <summary>Longest pause of <see cref="AcceptPause"/>.</summary>
    public static readonly TimeSpan MaxAcceptPause = TimeSpan.FromSeconds(2);

    /// <summary>Time between two pings; they measure the round trip and keep NATs and firewalls awake.</summary>
    public static readonly TimeSpan PingInterval = TimeSpan.FromSeconds(5);

    /// <summary>A peer of which nothing was heard for so long is gone (iroh's connections end after the same time).</summary>
    public static readonly TimeSpan SilenceLimit = TimeSpan.FromSeconds(30);

    /// <summary>How long a connection that is closed may still deliver what was flushed before; what a peer has not read by then is dropped.</summary>
    public static readonly TimeSpan DrainTime = TimeSpan.FromSeconds(2);

    /// <summary>How long farewells may take after that, before the link is cut.</summary>
    public static readonly TimeSpan FarewellTime = TimeSpan.FromSeconds(1);

    /// <summary>Ports tried until one is free for IPv4 and IPv6.</summary>
    public const int PortAttempts = 16;
}
