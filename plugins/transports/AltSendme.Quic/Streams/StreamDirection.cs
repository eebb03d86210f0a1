namespace AltSendme.Quic.Streams;

/// <summary>Whether one end or both may send on a stream (RFC 9000, section 2.1).</summary>
internal enum StreamDirection : byte
{
    /// <summary>Both ends send.</summary>
    Bidirectional = 0,

    /// <summary>Only the end that opened it sends.</summary>
    Unidirectional = 1,
}
