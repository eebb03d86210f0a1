using AltSendme.Quic.Crypto;

namespace AltSendme.Quic.Qlog;

/// <summary>Watches a connection from within its owner's thread. Implementations return fast and never call back.</summary>
internal interface IConnectionObserver
{
    /// <summary>A packet was written into a datagram.</summary>
    void OnPacketSent(EncryptionLevel level, ulong number, int size, bool isAckEliciting, Instant now);

    /// <summary>A packet was opened and its frames were processed.</summary>
    void OnPacketReceived(EncryptionLevel level, ulong number, int size, bool isAckEliciting, Instant now);

    /// <summary>A packet was declared lost.</summary>
    void OnPacketLost(EncryptionLevel level, ulong number, Instant now);

    /// <summary>Acknowledgements or losses changed what is known of the path.</summary>
    void OnMetrics(in PathMetrics metrics, Instant now);

    /// <summary>The connection moved to another path.</summary>
    void OnPathChanged(string local, string remote, Instant now);

    /// <summary>The connection ended.</summary>
    void OnClosed(ConnectionCloseReason reason, Instant now);
}
