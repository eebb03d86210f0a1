namespace AltSendme.Quic.Recovery;

/// <summary>Frames whose fate matters (RFC 9000, section 13.3).</summary>
internal enum SentFrameKind : byte
{
    /// <summary>ACK; <see cref="SentFrame.Offset"/> is the largest number it acknowledged.</summary>
    Ack,

    /// <summary>CRYPTO.</summary>
    Crypto,

    /// <summary>STREAM.</summary>
    Stream,

    /// <summary>RESET_STREAM.</summary>
    ResetStream,

    /// <summary>STOP_SENDING.</summary>
    StopSending,

    /// <summary>MAX_DATA.</summary>
    MaxData,

    /// <summary>MAX_STREAM_DATA.</summary>
    MaxStreamData,

    /// <summary>MAX_STREAMS; <see cref="SentFrame.Id"/> is the direction.</summary>
    MaxStreams,

    /// <summary>NEW_CONNECTION_ID; <see cref="SentFrame.Id"/> is the sequence number.</summary>
    NewConnectionId,

    /// <summary>RETIRE_CONNECTION_ID; <see cref="SentFrame.Id"/> is the sequence number.</summary>
    RetireConnectionId,

    /// <summary>NEW_TOKEN.</summary>
    NewToken,

    /// <summary>ACK_FREQUENCY; <see cref="SentFrame.Id"/> is its sequence number.</summary>
    AckFrequency,

    /// <summary>OBSERVED_ADDRESS.</summary>
    ObservedAddress,

    /// <summary>HANDSHAKE_DONE.</summary>
    HandshakeDone,
}

/// <summary>What a sent packet carried, as far as it must be sent again when the packet is lost.</summary>
/// <param name="Kind">Which frame.</param>
/// <param name="IsFin">For STREAM: whether it ended the stream.</param>
/// <param name="Length">Bytes, for STREAM and CRYPTO.</param>
/// <param name="Id">Stream, sequence number or direction.</param>
/// <param name="Offset">Offset, for STREAM and CRYPTO.</param>
internal readonly record struct SentFrame(SentFrameKind Kind, bool IsFin, int Length, ulong Id, ulong Offset)
{
    /// <summary>A frame that an id describes.</summary>
    public static SentFrame Of(SentFrameKind kind, ulong id = 0) => new(kind, false, 0, id, 0);

    /// <summary>Offset after the last byte.</summary>
    public ulong End => Offset + (ulong)Length;
}
