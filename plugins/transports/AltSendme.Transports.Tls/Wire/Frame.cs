namespace AltSendme.Transports.Tls.Wire;

/// <summary>A frame without its payload. Which members mean something depends on <see cref="Type"/>.</summary>
/// <param name="Type">Kind of frame.</param>
/// <param name="Stream">The stream, for the frames of a stream.</param>
/// <param name="Value">Credit, code or ping value.</param>
/// <param name="PayloadLength">Bytes that follow the header: stream data, a reason or settings.</param>
internal readonly record struct Frame(FrameType Type, StreamId Stream, ulong Value, int PayloadLength)
{
    /// <summary>Longest header in bytes: the type and three numbers.</summary>
    public const int MaxHeaderLength = 1 + (3 * 8);

    public static Frame Settings(int payloadLength) => new(FrameType.Settings, default, 0, payloadLength);

    public static Frame Open(StreamId stream) => new(FrameType.Open, stream, 0, 0);

    public static Frame Data(StreamId stream, int payloadLength) => new(FrameType.Data, stream, 0, payloadLength);

    public static Frame Fin(StreamId stream) => new(FrameType.Fin, stream, 0, 0);

    public static Frame Window(StreamId stream, ulong credit) => new(FrameType.Window, stream, credit, 0);

    public static Frame Reset(StreamId stream, ulong code) => new(FrameType.Reset, stream, code, 0);

    public static Frame Stop(StreamId stream, ulong code) => new(FrameType.Stop, stream, code, 0);

    public static Frame Streams(ulong credit) => new(FrameType.Streams, default, credit, 0);

    public static Frame Ping(ulong value) => new(FrameType.Ping, default, value, 0);

    public static Frame Pong(ulong value) => new(FrameType.Pong, default, value, 0);

    public static Frame Close(ulong code, int payloadLength) => new(FrameType.Close, default, code, payloadLength);

    public static Frame Fault(MuxFaultCode code, int payloadLength) => new(FrameType.Fault, default, (ulong)code, payloadLength);
}
