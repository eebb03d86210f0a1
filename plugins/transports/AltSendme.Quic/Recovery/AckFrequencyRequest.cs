using AltSendme.Quic.Congestion;
using AltSendme.Quic.Frames;
using AltSendme.Quic.Parameters;

namespace AltSendme.Quic.Recovery;

/// <summary>
/// What we ask a peer that can be asked (min_ack_delay among its transport parameters): to acknowledge an eighth of the window at a time, in slow start less so that HyStart++ has samples, and to wait no longer than a quarter of a round trip
/// (draft-ietf-quic-ack-frequency, sections 3 to 4). A small window, as after losses, then never waits for the peer's timer, and a large one costs few acknowledgements.
/// </summary>
internal sealed class AckFrequencyRequest
{
    private const int WindowShare = 8;
    private const int SlowStartShare = 32;
    private const int RoundTripShare = 4;
    private const int MaxThreshold = 15;

    // Less is asked for again only when it differs by so much.
    private const int Tolerance = 2;

    // Timers of real systems are late by some milliseconds, and a probe timeout follows from this delay.
    private static readonly TimeSpan LeastUseful = TimeSpan.FromMilliseconds(5);

    private bool _isSupported;
    private TimeSpan _least;
    private TimeSpan _most;
    private TimeSpan _delay;
    private TimeSpan _confirmedDelay;
    private int _threshold = 1;
    private ulong _next;
    private bool _isInFlight;

    /// <summary>Whether the peer understands ACK_FREQUENCY and IMMEDIATE_ACK.</summary>
    public bool IsSupported => _isSupported;

    /// <summary>Whether a frame should go into the next packet that asks for an acknowledgement.</summary>
    public bool IsPending { get; private set; }

    /// <summary>How long the peer may put an acknowledgement off: what it confirmed, or what it may have been told since then.</summary>
    public TimeSpan MaxAckDelay => _isInFlight && _delay > _confirmedDelay ? _delay : _confirmedDelay;

    /// <summary>Takes what the peer declared.</summary>
    public void Start(TransportParameters peer)
    {
        _isSupported = peer.MinAckDelay is not null;
        _least = peer.MinAckDelay is { } least && least > LeastUseful ? least : LeastUseful;
        _most = peer.MaxAckDelay;
        _delay = peer.MaxAckDelay;
        _confirmedDelay = peer.MaxAckDelay;
    }

    /// <summary>Looks whether the path wants something else than the peer was asked for.</summary>
    public void Update(RttEstimator rtt, ICongestionController congestion, int datagramSize)
    {
        if (!_isSupported || _isInFlight || !rtt.HasSample || _least > _most)
            return;
        var share = congestion.IsInSlowStart ? SlowStartShare : WindowShare;
        var threshold = (int)Math.Clamp(congestion.Window / (ulong)(datagramSize * share), 1, MaxThreshold + 1) - 1;
        var delay = rtt.Smoothed / RoundTripShare;
        delay = delay < _least ? _least : delay > _most ? _most : delay;
        if (!IsFar(threshold + 1, _threshold + 1) && !IsFar(delay.Ticks, _delay.Ticks))
            return;
        _threshold = threshold;
        _delay = delay;
        IsPending = true;
    }

    /// <summary>Takes the frame to send.</summary>
    public AckFrequencyFrame Take()
    {
        IsPending = false;
        _isInFlight = true;
        return new AckFrequencyFrame(_next++, (ulong)_threshold, (ulong)_delay.TotalMicroseconds, 1);
    }

    /// <summary>The peer has the frame.</summary>
    public void OnAcknowledged(ulong sequence)
    {
        if (sequence + 1 != _next)
            return;
        _isInFlight = false;
        _confirmedDelay = _delay;
    }

    /// <summary>The frame was lost.</summary>
    public void OnLost(ulong sequence) => IsPending |= sequence + 1 == _next && _isInFlight;

    private static bool IsFar(long wanted, long current) => wanted >= current * Tolerance || current >= wanted * Tolerance;
}
