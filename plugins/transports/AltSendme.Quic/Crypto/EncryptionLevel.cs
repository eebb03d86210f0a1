namespace AltSendme.Quic.Crypto;

/// <summary>The levels at which packets are protected (RFC 9001, section 2.1). 0-RTT is not used.</summary>
internal enum EncryptionLevel : byte
{
    /// <summary>Initial packets: keys that anybody on the path can derive.</summary>
    Initial,

    /// <summary>Handshake packets.</summary>
    Handshake,

    /// <summary>1-RTT packets.</summary>
    Application,
}
