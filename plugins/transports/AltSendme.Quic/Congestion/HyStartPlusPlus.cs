namespace AltSendme.Quic.Congestion;

/// <summary>
/// Leaves slow start when round trips grow longer, before the queue overflows (RFC 9406). Two things differ from the RFC's pseudo code, because a window that doubles has filled the queue of a long path
/// before the first samples of the next round can tell: samples are judged eight by eight all through a round, not against the lowest of the round, which its first packets decide; and the first
/// conservative round does not grow at all, since what the round before it sent is not answered yet.
/// </summary>
internal sealed class HyStartPlusPlus
{
    private const int SamplesPerJudgement = 8;
    private const int GrowthDivisor = 4;
    private const int ConservativeRounds = 5;
    private static readonly TimeSpan MinThreshold = TimeSpan.FromMilliseconds(4);
    private static readonly TimeSpan MaxThreshold = TimeSpan.FromMilliseconds(16);

    private TimeSpan _lastRoundMin = TimeSpan.MaxValue;
    private TimeSpan _roundMin = TimeSpan.MaxValue;
    private TimeSpan _sampledMin = TimeSpan.MaxValue;
    private TimeSpan _baseline = TimeSpan.MaxValue;
    private ulong _roundEnd;
    private int _samples;
    private int _conservativeRoundsLeft;

    /// <summary>Whether a round trip was seen.</summary>
    public bool HasSample { get; private set; }

    /// <summary>Bytes by which the window grows for acknowledged ones. Growth is paced, so bursts need no further limit (RFC 9406, section 4.3).</summary>
    public double Growth(int acknowledged) => _conservativeRoundsLeft switch
    {
        0 => acknowledged,
        ConservativeRounds => 0,
        _ => (double)acknowledged / GrowthDivisor,
    };

    /// <summary>Takes the round trip of an ACK frame; true when slow start is over (RFC 9406, section 4.2).</summary>
    public bool OnAck(TimeSpan roundTrip, ulong largest, ulong next)
    {
        HasSample = true;
        _roundMin = roundTrip < _roundMin ? roundTrip : _roundMin;
        _sampledMin = roundTrip < _sampledMin ? roundTrip : _sampledMin;
        if (++_samples == SamplesPerJudgement)
        {
            if (_lastRoundMin != TimeSpan.MaxValue && Judge(next))
                return false;
            _samples = 0;
            _sampledMin = TimeSpan.MaxValue;
        }

        if (largest < _roundEnd)
            return false;

        BeginRound(next);
        return _conservativeRoundsLeft > 0 && --_conservativeRoundsLeft == 0;
    }

    /// <summary>Begins again, after persistent congestion.</summary>
    public void Restart()
    {
        BeginRound(0);
        _lastRoundMin = TimeSpan.MaxValue;
        _conservativeRoundsLeft = 0;
    }

    private void BeginRound(ulong next)
    {
        _roundEnd = next;
        _lastRoundMin = _roundMin;
        _roundMin = TimeSpan.MaxValue;
        _sampledMin = TimeSpan.MaxValue;
        _samples = 0;
    }

    // True when the conservative rounds begin: with a round of their own, at whose end everything sent until now is answered.
    private bool Judge(ulong next)
    {
        if (_conservativeRoundsLeft > 0)
        {
            // The longer round trip was a passing one: back to fast growth.
            if (_sampledMin < _baseline)
                _conservativeRoundsLeft = 0;
            return false;
        }

        var threshold = _lastRoundMin / 8;
        threshold = threshold < MinThreshold ? MinThreshold : threshold > MaxThreshold ? MaxThreshold : threshold;
        if (_sampledMin < _lastRoundMin + threshold)
            return false;
        _baseline = _sampledMin;
        _conservativeRoundsLeft = ConservativeRounds;
        BeginRound(next);
        return true;
    }
}
