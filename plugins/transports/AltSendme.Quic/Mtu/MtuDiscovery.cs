namespace AltSendme.Quic.Mtu;

/// <summary>Finds the largest datagram that a path carries (RFC 8899; RFC 9000, section 14.3) and notices when it shrinks.</summary>
internal sealed class MtuDiscovery
{
    private const int MaxProbes = 3;
    private const int Precision = 16;
    private const int BlackHoleEpisodes = 3;
    private static readonly TimeSpan RaiseInterval = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan BlackHoleCooldown = TimeSpan.FromMinutes(1);

    // Where searches usually end: Ethernet without and with IPv6, tunnels; tried before halving.
    private static readonly int[] CommonSizes = [1472, 1452, 1420, 8952];

    private readonly bool _isEnabled;
    private int _maximum;
    private int _high;
    private int _probeSize;
    private int _probesLost;
    private int _commonIndex;
    private int _episodes;
    private Instant _lastEpisode;
    private bool _isProbeOutstanding;
    private bool _isMaximumTried;
    private Instant _nextSearch = Instant.Never;

    /// <summary>Starts at the smallest size that QUIC requires.</summary>
    public MtuDiscovery(int maximum, bool isEnabled)
    {
        _isEnabled = isEnabled;
        _maximum = Math.Max(maximum, Limits.MinDatagram);
        _high = _maximum;
    }

    /// <summary>Bytes of the largest datagram to send.</summary>
    public int Current { get; private set; } = Limits.MinDatagram;

    /// <summary>How often the path was found to have shrunk.</summary>
    public int BlackHoles { get; private set; }

    /// <summary>When a finished search begins anew; <see cref="Instant.Never"/> while one is under way.</summary>
    public Instant NextSearch => _isEnabled ? _nextSearch : Instant.Never;

    /// <summary>Limits the search to what the peer takes.</summary>
    public void LimitTo(ulong peerMaximum)
    {
        _maximum = Math.Max((int)Math.Min((ulong)_maximum, peerMaximum), Limits.MinDatagram);
        _high = Math.Min(_high, _maximum);
    }

    /// <summary>Size of a probe to send now, at most <paramref name="affordable"/>: what the congestion window may risk on it.</summary>
    public bool TryGetProbe(Instant now, ulong affordable, out int size)
    {
        size = 0;
        if (!_isEnabled || _isProbeOutstanding)
            return false;
        if (_nextSearch != Instant.Never)
        {
            if (now < _nextSearch)
                return false;
            Restart();
        }

        if (_probeSize == 0)
            _probeSize = Pick(affordable);
        if (_probeSize == 0 && _isMaximumTried)
            _nextSearch = now + RaiseInterval;
        size = _probeSize;
        return _probeSize != 0 && (ulong)_probeSize <= affordable;
    }

    /// <summary>A probe was sent.</summary>
    public void OnProbeSent() => _isProbeOutstanding = true;

    /// <summary>A packet of this size arrived.</summary>
    public void OnAcknowledged(int size, bool isProbe)
    {
        if (size > Limits.MinDatagram)
            _episodes = 0;
        if (!isProbe)
            return;

        _isProbeOutstanding = false;
        _probesLost = 0;
        _probeSize = 0;
        Current = Math.Max(Current, size);
    }

    /// <summary>A probe was lost.</summary>
    public void OnProbeLost()
    {
        _isProbeOutstanding = false;
        if (++_probesLost < MaxProbes)
            return;
        _high = Math.Min(_high, _probeSize - 1);
        _probesLost = 0;
        _probeSize = 0;
    }

    /// <summary>
    /// Packets were lost, the largest of this size and the newest sent at <paramref name="newestSent"/>. Several times without a large one arriving in between means a black hole (RFC 8899, section 4.3);
    /// what was under way when losses were last noticed belongs to those.
    /// </summary>
    public void OnLosses(int largestSize, Instant newestSent, Instant now)
    {
        if (largestSize <= Limits.MinDatagram || Current <= Limits.MinDatagram || newestSent <= _lastEpisode)
            return;
        _lastEpisode = now;
        if (++_episodes >= BlackHoleEpisodes)
            FallBack(now);
    }

    /// <summary>Probe timeouts fired in a row: as if packets of the current size vanished.</summary>
    public void OnSilence(Instant now)
    {
        if (Current > Limits.MinDatagram)
            FallBack(now);
    }

    private void FallBack(Instant now)
    {
        BlackHoles++;
        Current = Limits.MinDatagram;
        _episodes = 0;
        _nextSearch = now + BlackHoleCooldown;
    }

    private void Restart()
    {
        _nextSearch = Instant.Never;
        _high = _maximum;
        _isMaximumTried = false;
        _commonIndex = 0;
        _probeSize = 0;
        _probesLost = 0;
    }

    // The maximum first, for a guess from the interface is mostly right; then usual sizes; then halving. 0 when there is none, or none yet.
    private int Pick(ulong affordable)
    {
        if (!_isMaximumTried && (ulong)_high <= affordable)
        {
            _isMaximumTried = true;
            if (_high > Current)
                return _high;
        }

        while (_commonIndex < CommonSizes.Length)
        {
            var size = CommonSizes[_commonIndex++];
            if (size > Current && size <= _high)
                return size;
        }

        return _isMaximumTried && _high - Current >= Precision ? (Current + _high + 1) / 2 : 0;
    }
}
