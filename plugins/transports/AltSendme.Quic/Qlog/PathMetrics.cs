namespace AltSendme.Quic.Qlog;

/// <summary>State of recovery and congestion control of the path in use.</summary>
/// <param name="SmoothedRtt">Smoothed round-trip time.</param>
/// <param name="LatestRtt">Newest sample.</param>
/// <param name="RttVariance">Mean deviation.</param>
/// <param name="CongestionWindow">Bytes that may be in flight.</param>
/// <param name="BytesInFlight">Bytes in flight.</param>
/// <param name="SlowStartThreshold">Window at which slow start ends; null before that is known.</param>
internal readonly record struct PathMetrics(TimeSpan SmoothedRtt, TimeSpan LatestRtt, TimeSpan RttVariance, ulong CongestionWindow, ulong BytesInFlight, ulong? SlowStartThreshold);
