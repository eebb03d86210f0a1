namespace AltSendme.Quic;

/// <summary>Why a connection cannot go on: what is written into CONNECTION_CLOSE (RFC 9000, sections 11 and 19.19). The default value means "no error".</summary>
/// <param name="Code">The wire's code.</param>
/// <param name="Reason">A sentence for people; constant texts only, so that an error costs no allocation.</param>
/// <param name="FrameType">Type of the frame that caused it; 0 where unknown.</param>
public readonly record struct TransportError(TransportErrorCode Code, string Reason, ulong FrameType = 0)
{
    /// <summary>Whether this value says that something went wrong.</summary>
    public bool IsError => Reason is not null;

    /// <summary>FRAME_ENCODING_ERROR.</summary>
    public static TransportError FrameEncoding(string reason) => new(TransportErrorCode.FrameEncodingError, reason);

    /// <summary>PROTOCOL_VIOLATION.</summary>
    public static TransportError ProtocolViolation(string reason) => new(TransportErrorCode.ProtocolViolation, reason);

    /// <summary>TRANSPORT_PARAMETER_ERROR.</summary>
    public static TransportError TransportParameter(string reason) => new(TransportErrorCode.TransportParameterError, reason);

    /// <summary>CRYPTO_ERROR that carries a TLS alert (RFC 9001, section 4.8).</summary>
    public static TransportError Crypto(byte alert, string reason) => new(TransportErrorCode.CryptoErrorBase + alert, reason, 0x06);
}
