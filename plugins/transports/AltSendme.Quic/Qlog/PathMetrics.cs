namespace AltSendme.Quic.Qlog;

/// <summary>State of recovery and congestion control of the path in use.</summary>
/// <param name="MinRtt">Smallest round-trip time; null before the first sample.</param>
/// <param name="SmoothedRtt">Smoothed round-trip time.</param>
/// <param name="LatestRtt">Newest sample.</param>
/// <param name="RttVariance">Mean deviation.</param>
/// <param name="ProbeCount">Probe timeouts in a row.</param>
/// <param name="CongestionWindow">Bytes that may be in flight.</param>
/// <param name="BytesInFlight">Bytes in flight.</param>
/// <param name="SlowStartThreshold">Window at which slow start ends; null before that is known.</param>
internal readonly record struct PathMetrics(
    TimeSpan? MinRtt, TimeSpan SmoothedRtt, TimeSpan LatestRtt, TimeSpan RttVariance, int ProbeCount, ulong CongestionWindow, ulong BytesInFlight, ulong? SlowStartThreshold);
