namespace AltSendme.Quic;

/// <summary>Every limit on what a peer can make us keep or do, in one place. Options that a user may set are in <see cref="ConnectionOptions"/>.</summary>
internal static class Limits
{
    /// <summary>Smallest datagram that carries an Initial, and smallest MTU of QUIC, in bytes (RFC 9000, section 14).</summary>
    public const int MinDatagram = 1200;

    /// <summary>Largest UDP payload that is sent or taken, in bytes.</summary>
    public const int MaxDatagram = 65527;

    /// <summary>CRYPTO bytes that may arrive ahead of what TLS has read (RFC 9000, section 7.5 asks for at least 4096).</summary>
    public const ulong CryptoBuffer = 32 * 1024;

    /// <summary>Ranges of received packet numbers that are remembered (RFC 9000, section 13.2.3).</summary>
    public const int ReceivedRanges = 256;

    /// <summary>Ranges in one ACK frame.</summary>
    public const int AckRanges = 64;

    /// <summary>Ack-eliciting packets without a gap that are acknowledged two by two before acknowledgements get sparse.</summary>
    public const ulong PacketsBeforeSparseAcks = 200;

    /// <summary>Packets to an acknowledgement until then (RFC 9000, section 13.2.2).</summary>
    public const int DenseAckInterval = 2;

    /// <summary>Packets to an acknowledgement once they are sparse; the ack delay still holds.</summary>
    public const int SparseAckInterval = 10;

    /// <summary>Packets to an acknowledgement that a peer may ask for at most; more would let its losses go unnoticed (draft-ietf-quic-ack-frequency, section 4).</summary>
    public const int RequestedAckInterval = 128;

    /// <summary>How long a peer may ask us to put an acknowledgement off at most.</summary>
    public static readonly TimeSpan RequestedAckDelay = TimeSpan.FromSeconds(1);

    /// <summary>The shortest delay of an acknowledgement that we can keep, as timers go; what we declare as min_ack_delay.</summary>
    public static readonly TimeSpan MinAckDelay = TimeSpan.FromMilliseconds(1);

    /// <summary>Lost packets whose late arrival would be noticed.</summary>
    public const int RememberedLosses = 1024;

    /// <summary>Bytes sent to an address before it is validated, as a multiple of those received from it (RFC 9000, section 8).</summary>
    public const ulong AmplificationFactor = 3;

    /// <summary>Connection ids that the peer may keep active at us and that we keep active at the peer.</summary>
    public const int ActiveConnectionIds = 5;

    /// <summary>Retired ids of the peer whose RETIRE_CONNECTION_ID may be under way (RFC 9000, section 5.1.2).</summary>
    public const int RetiringConnectionIds = 3 * ActiveConnectionIds;

    /// <summary>PATH_RESPONSE frames that may wait to be sent; a flood of challenges is answered up to here.</summary>
    public const int PendingPathResponses = 4;

    /// <summary>Paths that may be known at once: the one in use, the one before, and candidates.</summary>
    public const int Paths = 4;

    /// <summary>Further addresses of a server that a client tries or keeps in reserve.</summary>
    public const int Candidates = 32;

    /// <summary>DATAGRAM payload bytes that may wait for the reader; beyond, the oldest are dropped (RFC 9221, section 5).</summary>
    public const int ReceivedDatagramBytes = 1 << 20;

    /// <summary>How long an acknowledgement may wait; what we declare as max_ack_delay (RFC 9000, section 18.2).</summary>
    public static readonly TimeSpan MaxAckDelay = TimeSpan.FromMilliseconds(25);

    /// <summary>Packets of a level that are kept while its keys are not there yet.</summary>
    public const int UndecryptablePackets = 8;

    /// <summary>Packet numbers without an answer that are kept; a peer that goes on sending but acknowledges nothing ends the connection here. More than 10 Gbit/s x 200 ms needs.</summary>
    public const ulong UnsettledPackets = 1 << 18;

    /// <summary>Mean distance in packets between skipped numbers, which unmask optimistic acknowledgements (RFC 9000, section 21.4).</summary>
    public const uint SkipInterval = 500;
}
