namespace AltSendme.Abstractions;

/// <summary>One or several datagrams of equal size for or from one endpoint: the shape of UDP segmentation offload.</summary>
/// <param name="Peer">Destination when sending, source when receiving.</param>
/// <param name="Contents">The datagrams, one after the other; only the last may be shorter.</param>
/// <param name="SegmentSize">Bytes of each datagram, 1 to <see cref="MaxSegmentSize"/>.</param>
/// <param name="Ecn">Congestion mark.</param>
public readonly record struct RelayDatagrams(EndpointId Peer, ReadOnlyMemory<byte> Contents, int SegmentSize, EcnCodepoint Ecn = EcnCodepoint.NotEct)
{
    /// <summary>Largest datagram in bytes.</summary>
    public const int MaxSegmentSize = 65_536 - 64;
}
