namespace AltSendme.Quic.Congestion;

/// <summary>Leaves slow start when round trips grow longer, before the queue overflows (RFC 9406).</summary>
internal sealed class HyStartPlusPlus
{
    private const int SamplesPerRound = 8;
    private const int GrowthDivisor = 4;
    private const int ConservativeRounds = 5;
    private static readonly TimeSpan MinThreshold = TimeSpan.FromMilliseconds(4);
    private static readonly TimeSpan MaxThreshold = TimeSpan.FromMilliseconds(16);

    private TimeSpan _lastRoundMin = TimeSpan.MaxValue;
    private TimeSpan _roundMin = TimeSpan.MaxValue;
    private TimeSpan _baseline = TimeSpan.MaxValue;
    private ulong _roundEnd;
    private int _samples;
    private int _conservativeRoundsLeft;

    /// <summary>Whether a round trip was seen.</summary>
    public bool HasSample { get; private set; }

    /// <summary>Bytes by which the window grows for acknowledged ones. Growth is paced, so bursts need no further limit (RFC 9406, section 4.3).</summary>
    public double Growth(int acknowledged) => _conservativeRoundsLeft > 0 ? (double)acknowledged / GrowthDivisor : acknowledged;

    /// <summary>Takes the round trip of an ACK frame; true when slow start is over (RFC 9406, section 4.2).</summary>
    public bool OnAck(TimeSpan roundTrip, ulong largest, ulong next)
    {
        HasSample = true;
        _roundMin = roundTrip < _roundMin ? roundTrip : _roundMin;
        _samples++;
        if (_samples >= SamplesPerRound && _roundMin != TimeSpan.MaxValue && _lastRoundMin != TimeSpan.MaxValue)
            Judge();
        if (largest < _roundEnd)
            return false;

        _roundEnd = next;
        _lastRoundMin = _roundMin;
        _roundMin = TimeSpan.MaxValue;
        _samples = 0;
        return _conservativeRoundsLeft > 0 && --_conservativeRoundsLeft == 0;
    }

    /// <summary>Begins again, after persistent congestion.</summary>
    public void Restart()
    {
        _lastRoundMin = TimeSpan.MaxValue;
        _roundMin = TimeSpan.MaxValue;
        _conservativeRoundsLeft = 0;
        _samples = 0;
    }

    private void Judge()
    {
        if (_conservativeRoundsLeft > 0)
        {
            // The longer round trip was a passing one: back to fast growth.
            if (_roundMin < _baseline)
                _conservativeRoundsLeft = 0;
            return;
        }

        var threshold = _lastRoundMin / 8;
        threshold = threshold < MinThreshold ? MinThreshold : threshold > MaxThreshold ? MaxThreshold : threshold;
        if (_roundMin < _lastRoundMin + threshold)
            return;
        _baseline = _roundMin;
        _conservativeRoundsLeft = ConservativeRounds;
    }
}
