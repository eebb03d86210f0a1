using AltSendme.Quic.Congestion;
using AltSendme.Quic.ConnectionIds;
using AltSendme.Quic.Frames;
using AltSendme.Quic.Mtu;
using AltSendme.Quic.Recovery;
using AltSendme.Quic.Spaces;

namespace AltSendme.Quic.Paths;

/// <summary>Everything that belongs to one pair of addresses (RFC 9000, section 9): nothing of it is kept in the connection, so that a second path is a second object.</summary>
internal sealed class Path
{
    /// <summary>Begins a path that uses <paramref name="space"/> for its 1-RTT packets.</summary>
    public Path(in NetworkPath address, PacketNumberSpace space, ConnectionOptions options, bool isValidated)
    {
        Address = address;
        Space = space;
        Amplification = new AntiAmplification(isValidated);
        Mtu = new MtuDiscovery(options.MaxDatagramSize, options.DiscoverMtu);
        Ecn = new EcnValidation(options.UseEcn);
        Congestion = new Cubic(Mtu.Current);
    }

    /// <summary>The addresses.</summary>
    public NetworkPath Address { get; private set; }

    /// <summary>Where its 1-RTT packets are numbered.</summary>
    public PacketNumberSpace Space { get; }

    /// <summary>Round-trip time.</summary>
    public RttEstimator Rtt { get; } = new();

    /// <summary>When packets count as lost.</summary>
    public ReorderingTolerance Reordering { get; } = new();

    /// <summary>Congestion control.</summary>
    public ICongestionController Congestion { get; }

    /// <summary>Pacing.</summary>
    public Pacer Pacer { get; } = new();

    /// <summary>Datagram size.</summary>
    public MtuDiscovery Mtu { get; }

    /// <summary>What may be sent before the address is validated.</summary>
    public AntiAmplification Amplification { get; }

    /// <summary>Challenges and responses.</summary>
    public PathValidation Validation { get; } = new();

    /// <summary>Congestion marks.</summary>
    public EcnValidation Ecn { get; }

    /// <summary>The peer's connection id that is used here.</summary>
    public RemoteConnectionId Destination { get; set; }

    /// <summary>The peer's max_ack_delay; zero until the handshake is confirmed (RFC 9002, section 6.2.1).</summary>
    public TimeSpan PeerMaxAckDelay { get; set; }

    /// <summary>Whether it was in use before, and left for another.</summary>
    public bool WasUsed { get; set; }

    /// <summary>When a packet of the peer's that was its newest came here and was more than a probe.</summary>
    public Instant LastHeard { get; set; }

    /// <summary>Whether the peer is still to be told at which address it is seen here.</summary>
    public bool IsReportPending { get; set; }

    /// <summary>The newest report of the peer's that came here.</summary>
    public ObservedAddressFrame? Observed { get; set; }

    /// <summary>Probe timeouts in a row.</summary>
    public int ProbeCount { get; set; }

    /// <summary>When the first of them was.</summary>
    public Instant SilentSince { get; set; }

    /// <summary>Probe timeout of 1-RTT packets, without back-off.</summary>
    public TimeSpan ProbeTimeout => Rtt.ProbeTimeout + PeerMaxAckDelay;

    /// <summary>Of the addresses to which a first flight went, this one answered.</summary>
    public void Settle(in NetworkPath address) => Address = address;

    /// <summary>How long after a packet was declared lost its late arrival is noticed.</summary>
    public TimeSpan LateArrivalWindow => ProbeTimeout * 3;
}
