namespace AltSendme.Abstractions;

/// <summary>The way that a connection's bytes take at the moment.</summary>
/// <param name="Kind">Direct or through a relay.</param>
/// <param name="Remote">The address in use at the other end; for a relayed path the relay's.</param>
/// <param name="RoundTripTime">Smoothed round-trip time, where the transport measures it.</param>
public sealed record ConnectionPath(PathKind Kind, EndpointAddress Remote, TimeSpan? RoundTripTime = null);
