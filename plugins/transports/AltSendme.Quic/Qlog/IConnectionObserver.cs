using AltSendme.Quic.Crypto;
using AltSendme.Quic.Paths;

namespace AltSendme.Quic.Qlog;

/// <summary>Watches a connection from within its owner's thread. Implementations return fast and never call back. Disposed with the connection.</summary>
internal interface IConnectionObserver : IDisposable
{
    /// <summary>The connection begins on a path.</summary>
    void OnStarted(in NetworkPath path, Instant now);

    /// <summary>A packet is about to be sealed; <paramref name="size"/> is its whole length, <paramref name="payload"/> its frames.</summary>
    void OnPacketSent(EncryptionLevel level, ulong number, int size, ReadOnlySpan<byte> payload, bool isMtuProbe, Instant now);

    /// <summary>A packet of <paramref name="size"/> bytes was opened; its frames are processed next.</summary>
    void OnPacketReceived(EncryptionLevel level, ulong number, int size, ReadOnlySpan<byte> payload, Instant now);

    /// <summary>A packet was declared lost: by time, or because later ones arrived.</summary>
    void OnPacketLost(EncryptionLevel level, ulong number, bool isByTime, Instant now);

    /// <summary>Acknowledgements or losses changed what is known of the path.</summary>
    void OnMetrics(in PathMetrics metrics, Instant now);

    /// <summary>The 1-RTT keys changed; <paramref name="phase"/> counts the changes.</summary>
    void OnKeysUpdated(bool isByPeer, int phase, Instant now);

    /// <summary>The connection moved to another path.</summary>
    void OnPathChanged(in NetworkPath path, Instant now);

    /// <summary>The connection ended.</summary>
    void OnClosed(ConnectionCloseReason reason, Instant now);
}
