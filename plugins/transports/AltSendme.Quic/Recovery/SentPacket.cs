using AltSendme.Quic.Paths;

namespace AltSendme.Quic.Recovery;

/// <summary>What became of a packet number.</summary>
internal enum SentPacketState : byte
{
    /// <summary>Nothing is known yet.</summary>
    Outstanding,

    /// <summary>The number was left out on purpose; whoever acknowledges it never saw it (RFC 9000, section 21.4).</summary>
    Skipped,

    /// <summary>The peer has it.</summary>
    Acknowledged,

    /// <summary>Declared lost.</summary>
    Lost,

    /// <summary>Only acknowledgements, which nobody acknowledges in turn; whether it arrives changes little.</summary>
    Untracked,
}

/// <summary>A packet that was sent (RFC 9002, appendix A.1.1). Lives by value in a ring.</summary>
internal struct SentPacket
{
    /// <summary>When it was sent.</summary>
    public Instant Time;

    /// <summary>Bytes of it.</summary>
    public int Size;

    /// <summary>What became of it.</summary>
    public SentPacketState State;

    /// <summary>Whether the peer must acknowledge it.</summary>
    public bool IsAckEliciting;

    /// <summary>Whether it counts as bytes in flight.</summary>
    public bool IsInFlight;

    /// <summary>Whether it probes the path's MTU: its loss says nothing about congestion (RFC 9000, section 14.4).</summary>
    public bool IsMtuProbe;

    /// <summary>Whether its IP packet was marked ECT(0).</summary>
    public bool IsEct;

    /// <summary>The path that it took.</summary>
    public Path Path;

    /// <summary>Where its frames begin in the space's <see cref="SentFrameRing"/>.</summary>
    public long FirstFrame;

    /// <summary>How many frames are remembered.</summary>
    public int FrameCount;
}
