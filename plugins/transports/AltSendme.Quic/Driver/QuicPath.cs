using AltSendme.Quic.Paths;

namespace AltSendme.Quic.Driver;

/// <summary>The way that a connection takes.</summary>
/// <param name="Remote">Where the peer is.</param>
/// <param name="RoundTripTime">Smoothed round-trip time, once it was measured.</param>
public readonly record struct QuicPath(NetworkAddress Remote, TimeSpan? RoundTripTime);
