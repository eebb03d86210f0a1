using AltSendme.Quic.Spaces;

namespace AltSendme.Quic.Recovery;

/// <summary>Learns what became of frames (RFC 9000, section 13.3). The connection is the only one.</summary>
internal interface ISentFrameObserver
{
    /// <summary>The peer has the frame.</summary>
    void OnFrameAcknowledged(PacketNumberSpace space, in SentFrame frame);

    /// <summary>The packet with the frame was lost.</summary>
    void OnFrameLost(PacketNumberSpace space, in SentFrame frame);
}
