using AltSendme.Primitives.Encoding;
using AltSendme.Quic.Frames;
using AltSendme.Quic.Packets;
using AltSendme.Quic.Paths;
using AltSendme.Quic.Recovery;

namespace AltSendme.Quic;

/// <summary>The addresses that the ends see of each other (draft-ietf-quic-address-discovery): the peer gets a report at first and whenever the path changes, where both ends agreed on reports.</summary>
internal sealed partial class Connection
{
    private static readonly TransportError UnwantedReport = TransportError.ProtocolViolation("An OBSERVED_ADDRESS frame came that was not agreed on");

    private ulong _nextReport;

    /// <summary>The address of this end on the path in use, as the peer sees it; null until it said so.</summary>
    public NetworkAddress? ObservedAddress => _path.Observed?.Address;

    private bool Reports => _options.AddressDiscovery.HasFlag(AddressDiscoveryRole.Report) && _peer is { } peer && peer.AddressDiscovery.HasFlag(AddressDiscoveryRole.Learn);

    private bool Learns => _options.AddressDiscovery.HasFlag(AddressDiscoveryRole.Learn) && _peer is { } peer && peer.AddressDiscovery.HasFlag(AddressDiscoveryRole.Report);

    // An address that stands for a relay would mean nothing to the peer.
    private void RequestReport(Path path) => path.IsReportPending = Reports && path.Address.Remote.Kind != AddressKind.Opaque;

    private void WriteReport(ref PacketWriter writer, SentFrameRing log, Path path)
    {
        if (!path.IsReportPending || writer.Room < ObservedAddressFrame.MaxLength)
            return;
        path.IsReportPending = false;
        new ObservedAddressFrame(_nextReport++, path.Address.Remote).Write(ref writer);
        log.Add(SentFrame.Of(SentFrameKind.ObservedAddress));
    }

    private bool OnObservedAddress(ref SpanReader reader, bool isIpv6, Path path, out TransportError error)
    {
        if (!ObservedAddressFrame.TryRead(ref reader, isIpv6, out var frame, out error))
            return false;
        if (!Learns)
        {
            error = UnwantedReport;
            return false;
        }

        var before = path.Observed;
        if (before is { } known && known.Sequence >= frame.Sequence)
            return true;
        path.Observed = frame;
        if (path == _path && before?.Address != frame.Address)
            _events.Enqueue(new ConnectionEvent(ConnectionEventKind.AddressObserved));
        return true;
    }
}
