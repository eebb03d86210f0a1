namespace AltSendme.Transports.Iroh;

/// <summary>Every time limit and count of the transport in one place; those of QUIC itself are in AltSendme.Quic, those that a user may change in <see cref="IrohOptions"/>.</summary>
internal static class TransportLimits
{
    /// <summary>Silence after which a PING is sent; keeps NATs and firewalls awake (iroh: a path's keep-alive).</summary>
    public static readonly TimeSpan KeepAlive = TimeSpan.FromSeconds(5);

    /// <summary>How long a connection that is closed may still deliver what was flushed before; what a peer has not taken by then is dropped.</summary>
    public static readonly TimeSpan DrainTime = TimeSpan.FromSeconds(2);

    /// <summary>How often a relayed connection looks for a direct path.</summary>
    public static readonly TimeSpan DirectPathSearch = TimeSpan.FromSeconds(5);

    /// <summary>How long a relay may take to tell an endpoint its public address.</summary>
    public static readonly TimeSpan PublicAddressAnswer = TimeSpan.FromSeconds(5);

    /// <summary>When a relay is asked again that did not tell, or whose connection ended; twice as long each time.</summary>
    public static readonly TimeSpan PublicAddressPause = TimeSpan.FromSeconds(15);

    /// <summary>The longest of those pauses.</summary>
    public static readonly TimeSpan PublicAddressLongestPause = TimeSpan.FromMinutes(10);

    /// <summary>How long the end of a dial waits for a source of candidates that was cancelled.</summary>
    public static readonly TimeSpan SourceEndTime = TimeSpan.FromMilliseconds(250);

    /// <summary>Different addresses that one dial tries.</summary>
    public const int MaxDialledAddresses = 32;

    /// <summary>Accepted connections that nobody has asked for yet; more are turned away.</summary>
    public const int MaxWaitingConnections = 128;

    /// <summary>Ports tried until one is free for UDP.</summary>
    public const int PortAttempts = 16;

    /// <summary>Discovery datagrams that wait to be opened; more are dropped.</summary>
    public const int DiscoInbox = 128;

    /// <summary>Peers whose box is kept.</summary>
    public const int DiscoPeers = 256;

    /// <summary>Boxes made in one second for senders that are new: each costs a key agreement, and anybody can ask for it.</summary>
    public const int NewDiscoPeersPerSecond = 100;

    /// <summary>Calls for pings that are kept for peers whose handshake is about to end.</summary>
    public const int EarlyCalls = 32;

    /// <summary>Pings whose answer is awaited.</summary>
    public const int AwaitedPongs = 256;

    /// <summary>Datagrams from relays that wait for the endpoint's thread; more are dropped, as a network would.</summary>
    public const int RelayArrivals = 1024;

    /// <summary>Batches of datagrams that wait for one relay; more are dropped.</summary>
    public const int RelayDepartures = 512;

    /// <summary>Peers behind relays that have an address of their own at once.</summary>
    public const int RelayedPeers = 8192;
}
