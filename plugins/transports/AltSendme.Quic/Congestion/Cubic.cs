using AltSendme.Quic.Recovery;

namespace AltSendme.Quic.Congestion;

/// <summary>CUBIC (RFC 9438) with HyStart++ (RFC 9406) for slow start, counted in bytes.</summary>
internal sealed class Cubic : ICongestionController
{
    private const double C = 0.4;
    private const double Beta = 0.7;
    private const double RenoAlpha = 3 * (1 - Beta) / (1 + Beta);
    private const int MinWindowDatagrams = 2;

    private readonly HyStartPlusPlus _slowStart = new();
    private int _datagramSize;
    private double _window;
    private double _maxWindow;
    private double _windowBeforeReduction;
    private double _renoWindow;
    private double _timeToMax;
    private Instant _epochStart = Instant.Never;
    private Instant _recoveryStart = new(long.MinValue);
    private bool _isApplicationLimited;

    /// <summary>Starts with the initial window of RFC 9002, section 7.2.</summary>
    public Cubic(int datagramSize)
    {
        _datagramSize = datagramSize;
        _window = InitialWindow(datagramSize);
    }

    /// <inheritdoc />
    public ulong Window => (ulong)_window;

    /// <inheritdoc />
    public ulong BytesInFlight { get; private set; }

    /// <inheritdoc />
    public ulong SlowStartThreshold { get; private set; } = ulong.MaxValue;

    /// <inheritdoc />
    public bool IsInSlowStart => Window < SlowStartThreshold;

    private double MinWindow => MinWindowDatagrams * _datagramSize;

    /// <inheritdoc />
    public void OnSent(int size, Instant now)
    {
        BytesInFlight += (ulong)size;
        _isApplicationLimited = false;
    }

    /// <inheritdoc />
    public void OnAcknowledged(int size, Instant sentTime, RttEstimator rtt, Instant now)
    {
        var wasFull = !_isApplicationLimited || BytesInFlight * 2 >= Window;
        OnDiscarded(size);
        if (sentTime <= _recoveryStart)
            return;
        if (!wasFull)
        {
            // Time without data does not count as time without congestion (RFC 9438, section 5.8).
            _epochStart = Instant.Never;
            return;
        }

        if (IsInSlowStart)
            _window += _slowStart.Growth(size);
        else
            Avoid(size, rtt, now);
    }

    /// <inheritdoc />
    public void OnRoundTrip(RttEstimator rtt, ulong largest, ulong next)
    {
        if (IsInSlowStart && rtt.HasSample && _slowStart.OnAck(rtt.Latest, largest, next))
        {
            SlowStartThreshold = Window;
            _maxWindow = _window;
        }
    }

    /// <inheritdoc />
    public void OnLost(int size) => OnDiscarded(size);

    /// <inheritdoc />
    public void OnCongestion(Instant sentTime, RttEstimator rtt, Instant now)
    {
        if (sentTime <= _recoveryStart)
            return;

        _recoveryStart = now;
        _epochStart = Instant.Never;
        _windowBeforeReduction = _window;
        // A flow that did not get back to where it was gives room to others faster (RFC 9438, section 4.7).
        _maxWindow = _window < _maxWindow ? _window * (1 + Beta) / 2 : _window;
        _window = Math.Max(_window * Beta, MinWindow);
        SlowStartThreshold = Window;
    }

    /// <inheritdoc />
    public void OnPersistentCongestion()
    {
        _window = MinWindow;
        _epochStart = Instant.Never;
        _recoveryStart = new Instant(long.MinValue);
        _slowStart.Restart();
    }

    /// <inheritdoc />
    public void OnDiscarded(int size) => BytesInFlight -= Math.Min((ulong)size, BytesInFlight);

    /// <inheritdoc />
    public void OnApplicationLimited() => _isApplicationLimited = true;

    /// <inheritdoc />
    public void OnDatagramSize(int size)
    {
        if (!_slowStart.HasSample && Window == InitialWindow(_datagramSize))
            _window = InitialWindow(size);
        _datagramSize = size;
        _window = Math.Max(_window, MinWindow);
    }

    private static ulong InitialWindow(int datagramSize) => (ulong)Math.Min(10 * datagramSize, Math.Max(14720, 2 * datagramSize));

    // RFC 9438, sections 4.2 to 4.5, with the window in datagrams while the formulas run.
    private void Avoid(int acknowledged, RttEstimator rtt, Instant now)
    {
        var window = _window / _datagramSize;
        var maxWindow = _maxWindow / _datagramSize;
        if (_epochStart == Instant.Never)
        {
            _epochStart = now;
            _renoWindow = window;
            if (maxWindow <= window)
            {
                maxWindow = window;
                _maxWindow = _window;
            }

            _timeToMax = Math.Cbrt((maxWindow - window) / C);
        }

        var acknowledgedDatagrams = (double)acknowledged / _datagramSize;
        var elapsed = (now - _epochStart).TotalSeconds;
        var alpha = _renoWindow * _datagramSize < _windowBeforeReduction ? RenoAlpha : 1;
        _renoWindow += alpha * acknowledgedDatagrams / window;
        if (At(elapsed, maxWindow) < _renoWindow)
        {
            _window = Math.Max(_window, _renoWindow * _datagramSize);
            return;
        }

        var target = Math.Clamp(At(elapsed + rtt.Smoothed.TotalSeconds, maxWindow), window, 1.5 * window);
        _window += (target - window) / window * acknowledgedDatagrams * _datagramSize;
    }

    private double At(double seconds, double maxWindow) => (C * Math.Pow(seconds - _timeToMax, 3)) + maxWindow;
}
