using AltSendme.Quic.Paths;

namespace AltSendme.Quic.Recovery;

/// <summary>Packets that one pass of loss detection declared lost, and whether their span means persistent congestion (RFC 9002, section 7.6).</summary>
internal struct LossEpisode
{
    private const int PersistentCongestionThreshold = 3;

    private Path? _path;
    private Instant _newest;
    private Instant _runStart;
    private Instant _runEnd;
    private TimeSpan _longestRun;
    private int _largestSize;

    /// <summary>Adds a lost packet; packets come in the order of sending.</summary>
    public void Add(in SentPacket packet)
    {
        if (!packet.IsInFlight)
            return;
        packet.Path.Congestion.OnLost(packet.Size, packet.Time);
        _largestSize = Math.Max(_largestSize, packet.Size);
        if (_path != packet.Path)
        {
            OnArrived();
            _longestRun = default;
        }

        _path = packet.Path;
        _newest = packet.Time;
        if (!packet.IsAckEliciting || packet.Time < packet.Path.Rtt.FirstSample)
            return;

        if (_runStart == default)
            _runStart = packet.Time;
        _runEnd = packet.Time;
        _longestRun = _runEnd - _runStart > _longestRun ? _runEnd - _runStart : _longestRun;
    }

    /// <summary>A packet between the lost ones arrived: the run ends.</summary>
    public void OnArrived() => _runStart = default;

    /// <summary>Tells the path what happened, once for the whole pass.</summary>
    public readonly void Report(Instant now)
    {
        if (_path is null)
            return;

        _path.Mtu.OnLosses(_largestSize, _newest, now);
        _path.Congestion.OnLosses(_newest, now);
        _path.Reordering.OnLosses();
        var duration = (_path.Rtt.ProbeTimeout + _path.PeerMaxAckDelay) * PersistentCongestionThreshold;
        if (_longestRun > duration)
            _path.Congestion.OnPersistentCongestion();
    }
}
