namespace AltSendme.Quic;

/// <summary>Counters of a connection.</summary>
/// <param name="PacketsSent">Packets sent.</param>
/// <param name="PacketsReceived">Packets opened.</param>
/// <param name="PacketsLost">Packets declared lost.</param>
/// <param name="BytesSent">UDP payload bytes sent.</param>
/// <param name="BytesReceived">UDP payload bytes received.</param>
/// <param name="RoundTrip">Smoothed round-trip time of the path in use.</param>
/// <param name="CongestionWindow">Its congestion window in bytes.</param>
/// <param name="DatagramSize">Its largest datagram in bytes.</param>
/// <param name="KeyUpdates">Key updates by either end.</param>
/// <param name="Undecryptable">Packets that could not be opened.</param>
public readonly record struct ConnectionStatistics(
    ulong PacketsSent,
    ulong PacketsReceived,
    ulong PacketsLost,
    ulong BytesSent,
    ulong BytesReceived,
    TimeSpan RoundTrip,
    ulong CongestionWindow,
    int DatagramSize,
    int KeyUpdates,
    ulong Undecryptable);
