using AltSendme.Quic.Recovery;

namespace AltSendme.Quic.Congestion;

/// <summary>CUBIC (RFC 9438) with HyStart++ (RFC 9406) for slow start, counted in bytes.</summary>
internal sealed class Cubic : ICongestionController
{
    private const double C = 0.4;
    private const double Beta = 0.7;
    private const double RenoAlpha = 3 * (1 - Beta) / (1 + Beta);
    private const int MinWindowDatagrams = 2;
    private static readonly Instant LongAgo = new(long.MinValue);

    private readonly HyStartPlusPlus _slowStart = new();
    private readonly SpuriousReduction _reduction = new();
    private readonly WindowUse _use = new();
    private CubicState _state;
    private int _datagramSize;
    private Instant _recoveryStart = LongAgo;

    /// <summary>Starts with the initial window of RFC 9002, section 7.2.</summary>
    public Cubic(int datagramSize)
    {
        _datagramSize = datagramSize;
        _state = new CubicState { Window = InitialWindow(datagramSize), SlowStartThreshold = ulong.MaxValue, EpochStart = Instant.Never };
    }

    /// <inheritdoc />
    public ulong Window => (ulong)_state.Window;

    /// <inheritdoc />
    public ulong BytesInFlight { get; private set; }

    /// <inheritdoc />
    public ulong SlowStartThreshold => _state.SlowStartThreshold;

    /// <inheritdoc />
    public bool IsInSlowStart => Window < SlowStartThreshold;

    private double MinWindow => MinWindowDatagrams * _datagramSize;

    // Whether acknowledgements prove that the path carries the window (RFC 9002, section 7.8): it stopped the sender, or it was used well enough that the growth of a round trip in slow start, or of several later, will stop it.
    private bool IsWindowUsed => _use.Peak + (ulong)_datagramSize > Window || (IsInSlowStart ? _use.Peak * 2 >= Window : _use.Peak * 4 >= Window * 3);

    /// <inheritdoc />
    public void OnSent(int size, Instant now)
    {
        BytesInFlight += (ulong)size;
        _use.OnSent(BytesInFlight);
    }

    /// <inheritdoc />
    public void OnAcknowledged(int size, Instant sentTime, RttEstimator rtt, Instant now)
    {
        OnDiscarded(size);
        if (sentTime <= _recoveryStart)
            return;
        if (!IsWindowUsed)
        {
            // Time without data does not count as time without congestion (RFC 9438, section 5.8).
            _state.EpochStart = Instant.Never;
            return;
        }

        if (IsInSlowStart)
            _state.Window += _slowStart.Growth(size);
        else
            Avoid(size, rtt, now);
    }

    /// <inheritdoc />
    public void OnRoundTrip(RttEstimator rtt, ulong largest, ulong next)
    {
        _use.OnAck(largest, next, BytesInFlight);
        if (IsInSlowStart && _slowStart.OnAck(rtt.Latest, largest, next))
        {
            _state.SlowStartThreshold = Window;
            _state.MaxWindow = _state.Window;
        }
    }

    /// <inheritdoc />
    public void OnLost(int size, Instant sentTime)
    {
        OnDiscarded(size);
        _reduction.OnLost(sentTime);
    }

    /// <inheritdoc />
    public void OnLosses(Instant sentTime, Instant now)
    {
        if (sentTime <= _recoveryStart)
            return;
        _reduction.OnReduction(_state, now);
        Reduce(now);
    }

    /// <inheritdoc />
    public void OnCongestionMark(Instant sentTime, Instant now)
    {
        if (sentTime <= _recoveryStart)
            return;
        _reduction.OnCertainReduction(now);
        Reduce(now);
    }

    /// <inheritdoc />
    public void OnPersistentCongestion()
    {
        _state.Window = MinWindow;
        _state.EpochStart = Instant.Never;
        _recoveryStart = LongAgo;
        _reduction.OnCertainReduction(LongAgo);
        _slowStart.Restart();
    }

    /// <inheritdoc />
    public void OnLateArrival(Instant sentTime)
    {
        if (!_reduction.OnLateArrival(sentTime, out var before) || before.Window <= _state.Window)
            return;
        _state = before;
        _recoveryStart = LongAgo;
    }

    /// <inheritdoc />
    public void OnDiscarded(int size) => BytesInFlight -= Math.Min((ulong)size, BytesInFlight);

    /// <inheritdoc />
    public void OnDatagramSize(int size)
    {
        if (size == _datagramSize)
            return;
        if (!_slowStart.HasSample && Window == InitialWindow(_datagramSize))
            _state.Window = InitialWindow(size);
        _datagramSize = size;
        _state.Window = Math.Max(_state.Window, MinWindow);

        // The curve is one of datagrams; another size is another curve.
        _state.EpochStart = Instant.Never;
    }

    private static ulong InitialWindow(int datagramSize) => (ulong)Math.Min(10 * datagramSize, Math.Max(14720, 2 * datagramSize));

    // RFC 9438, section 4.6.
    private void Reduce(Instant now)
    {
        var window = _state.Window;
        _recoveryStart = now;
        _state.EpochStart = Instant.Never;
        _state.WindowBeforeReduction = window;

        // A flow that did not get back to where it was gives room to others faster (RFC 9438, section 4.7).
        _state.MaxWindow = window < _state.MaxWindow ? window * (1 + Beta) / 2 : window;
        _state.Window = Math.Max(window * Beta, MinWindow);
        _state.SlowStartThreshold = Window;
    }

    // RFC 9438, sections 4.2 to 4.5, with the window in datagrams while the formulas run.
    private void Avoid(int acknowledged, RttEstimator rtt, Instant now)
    {
        var window = _state.Window / _datagramSize;
        var maxWindow = _state.MaxWindow / _datagramSize;
        if (_state.EpochStart == Instant.Never)
        {
            _state.EpochStart = now;
            _state.RenoWindow = _state.Window;
            if (maxWindow <= window)
            {
                maxWindow = window;
                _state.MaxWindow = _state.Window;
            }

            _state.TimeToMax = Math.Cbrt((maxWindow - window) / C);
        }

        var acknowledgedDatagrams = (double)acknowledged / _datagramSize;
        var elapsed = (now - _state.EpochStart).TotalSeconds;
        var alpha = _state.RenoWindow < _state.WindowBeforeReduction ? RenoAlpha : 1;
        _state.RenoWindow += alpha * acknowledged / window;
        if (At(elapsed, maxWindow) * _datagramSize < _state.RenoWindow)
        {
            _state.Window = Math.Max(_state.Window, _state.RenoWindow);
            return;
        }

        var target = Math.Clamp(At(elapsed + rtt.Smoothed.TotalSeconds, maxWindow), window, 1.5 * window);
        _state.Window += (target - window) / window * acknowledgedDatagrams * _datagramSize;
    }

    private double At(double seconds, double maxWindow) => (C * Math.Pow(seconds - _state.TimeToMax, 3)) + maxWindow;
}
