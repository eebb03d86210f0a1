using AltSendme.Quic.Crypto;
using AltSendme.Quic.Recovery;

namespace AltSendme.Quic.Spaces;

/// <summary>Numbers, acknowledgements and handshake bytes of one encryption level (RFC 9000, section 12.3). A path refers to the space that its 1-RTT packets use.</summary>
internal sealed class PacketNumberSpace(EncryptionLevel level) : IDisposable
{
    /// <summary>The level.</summary>
    public EncryptionLevel Level { get; } = level;

    /// <summary>Packets that we sent.</summary>
    public SentPacketRing Sent { get; } = new();

    /// <summary>Packets among them that were declared lost not long ago.</summary>
    public LostPacketLog Lost { get; } = new();

    /// <summary>Packets that we got.</summary>
    public ReceivedPackets Received { get; } = new(level);

    /// <summary>The handshake bytes of this level.</summary>
    public CryptoStream Crypto { get; } = new();

    /// <summary>Largest packet number that the peer has acknowledged.</summary>
    public ulong? LargestAcknowledged { get; private set; }

    /// <summary>Ack-eliciting packets whose fate is open.</summary>
    public int OutstandingAckEliciting { get; set; }

    /// <summary>When the newest ack-eliciting packet was sent.</summary>
    public Instant LastAckElicitingTime { get; set; }

    /// <summary>When the next packet is lost by time; <see cref="Instant.Never"/> when none will be.</summary>
    public Instant LossTime { get; set; } = Instant.Never;

    /// <summary>Probes that a timeout asked for and that may ignore the congestion window (RFC 9002, section 6.2.4).</summary>
    public int PendingProbes { get; set; }

    /// <summary>Whether keys were discarded: nothing is sent or taken any more.</summary>
    public bool IsDiscarded { get; private set; }

    /// <summary>One above the largest acknowledged packet number, or 0: what truncated numbers are measured from.</summary>
    public ulong FirstUnacknowledged => LargestAcknowledged is { } largest ? largest + 1 : 0;

    /// <summary>Numbers from here on are kept even when nothing is open about them, so that an acknowledgement of a skipped one is noticed.</summary>
    public ulong ReleaseLimit => FirstUnacknowledged;

    /// <summary>Raises the largest acknowledged number.</summary>
    public void OnLargestAcknowledged(ulong number) => LargestAcknowledged = LargestAcknowledged is { } largest ? Math.Max(largest, number) : number;

    /// <summary>Ends the space.</summary>
    public void Discard()
    {
        IsDiscarded = true;
        PendingProbes = 0;
        LossDetector.Discard(this);
        Crypto.Dispose();
    }

    /// <inheritdoc />
    public void Dispose() => Crypto.Dispose();
}
