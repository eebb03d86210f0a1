namespace AltSendme.Quic;

/// <summary>Codes of CONNECTION_CLOSE frames of type 0x1c (RFC 9000, section 20.1).</summary>
public enum TransportErrorCode : ulong
{
    /// <summary>The connection is closed without an error.</summary>
    NoError = 0x00,

    /// <summary>The endpoint met an error of its own.</summary>
    InternalError = 0x01,

    /// <summary>The server does not take a new connection.</summary>
    ConnectionRefused = 0x02,

    /// <summary>More data came than was allowed.</summary>
    FlowControlError = 0x03,

    /// <summary>A stream was opened above the limit.</summary>
    StreamLimitError = 0x04,

    /// <summary>A frame came for a stream that is not in a state to take it.</summary>
    StreamStateError = 0x05,

    /// <summary>The final size of a stream was exceeded or changed.</summary>
    FinalSizeError = 0x06,

    /// <summary>A frame was badly formed.</summary>
    FrameEncodingError = 0x07,

    /// <summary>Transport parameters were badly formed, forbidden or missing.</summary>
    TransportParameterError = 0x08,

    /// <summary>More connection ids came than the limit allows.</summary>
    ConnectionIdLimitError = 0x09,

    /// <summary>The protocol was violated in a way that no other code names.</summary>
    ProtocolViolation = 0x0a,

    /// <summary>A client's Initial carried an invalid Retry token.</summary>
    InvalidToken = 0x0b,

    /// <summary>The application closed the connection during the handshake.</summary>
    ApplicationError = 0x0c,

    /// <summary>More CRYPTO data came than can be buffered.</summary>
    CryptoBufferExceeded = 0x0d,

    /// <summary>A key update was wrong (RFC 9001, section 6).</summary>
    KeyUpdateError = 0x0e,

    /// <summary>The limit of failed decryptions of an AEAD was reached (RFC 9001, section 6.6).</summary>
    AeadLimitReached = 0x0f,

    /// <summary>The network path cannot carry QUIC.</summary>
    NoViablePath = 0x10,

    /// <summary>First of 256 codes that carry a TLS alert in their lowest byte (RFC 9001, section 4.8).</summary>
    CryptoErrorBase = 0x0100,
}
