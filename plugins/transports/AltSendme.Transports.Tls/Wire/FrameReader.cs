using AltSendme.Primitives.Encoding;

namespace AltSendme.Transports.Tls.Wire;

/// <summary>Reads frame headers from a peer's bytes (docs/protocol/tls-transport.md, "Frames"). Every length is checked here, before anybody acts on it.</summary>
internal static class FrameReader
{
    private static readonly MuxFault UnknownType = new(MuxFaultCode.Malformed, "The frame type is unknown.");
    private static readonly MuxFault LongNumber = new(MuxFaultCode.Malformed, "A number is not in its shortest form.");
    private static readonly MuxFault EmptyData = new(MuxFaultCode.Malformed, "A data frame is empty.");
    private static readonly MuxFault EmptyCredit = new(MuxFaultCode.Malformed, "A credit of zero was granted.");
    private static readonly MuxFault LargePayload = new(MuxFaultCode.TooLarge, "A payload is longer than allowed.");

    /// <summary>Reads one header from the start of <paramref name="source"/>; the payload follows it and is not looked at.</summary>
    /// <param name="source">What has arrived; at most <see cref="Frame.MaxHeaderLength"/> bytes are needed.</param>
    /// <param name="frame">The frame, when <see cref="FrameStatus.Complete"/>.</param>
    /// <param name="length">Bytes of the header, when <see cref="FrameStatus.Complete"/>.</param>
    /// <param name="fault">The rule broken, when <see cref="FrameStatus.Invalid"/>.</param>
    public static FrameStatus Read(ReadOnlySpan<byte> source, out Frame frame, out int length, out MuxFault fault)
    {
        frame = default;
        length = 0;
        fault = default;
        if (source.IsEmpty)
            return FrameStatus.Incomplete;

        var type = (FrameType)source[0];
        if (type > FrameType.Fault)
        {
            fault = UnknownType;
            return FrameStatus.Invalid;
        }

        var position = 1;
        Span<ulong> numbers = stackalloc ulong[2];
        for (var i = 0; i < CountNumbers(type); i++)
        {
            if (!QuicVarInt.TryRead(source[position..], out numbers[i], out var used))
                return FrameStatus.Incomplete;
            if (used != QuicVarInt.Length(numbers[i]))
            {
                fault = LongNumber;
                return FrameStatus.Invalid;
            }

            position += used;
        }

        length = position;
        return Assemble(type, numbers, out frame, out fault) ? FrameStatus.Complete : FrameStatus.Invalid;
    }

    private static int CountNumbers(FrameType type) => type switch
    {
        FrameType.Data or FrameType.Window or FrameType.Reset or FrameType.Stop or FrameType.Close or FrameType.Fault => 2,
        _ => 1,
    };

    private static bool Assemble(FrameType type, ReadOnlySpan<ulong> numbers, out Frame frame, out MuxFault fault)
    {
        frame = default;
        fault = LargePayload;
        switch (type)
        {
            case FrameType.Settings when numbers[0] <= MuxLimits.MaxSettingsLength:
                frame = Frame.Settings((int)numbers[0]);
                break;
            case FrameType.Data when numbers[1] == 0:
                fault = EmptyData;
                return false;
            case FrameType.Data when numbers[1] <= MuxLimits.MaxDataLength:
                frame = Frame.Data(new StreamId(numbers[0]), (int)numbers[1]);
                break;
            case FrameType.Close or FrameType.Fault when numbers[1] <= MuxLimits.MaxReasonLength:
                frame = new Frame(type, default, numbers[0], (int)numbers[1]);
                break;
            case FrameType.Settings or FrameType.Data or FrameType.Close or FrameType.Fault:
                return false;
            case FrameType.Window or FrameType.Streams when numbers[type == FrameType.Window ? 1 : 0] == 0:
                fault = EmptyCredit;
                return false;
            case FrameType.Open or FrameType.Fin:
                frame = new Frame(type, new StreamId(numbers[0]), 0, 0);
                break;
            case FrameType.Window or FrameType.Reset or FrameType.Stop:
                frame = new Frame(type, new StreamId(numbers[0]), numbers[1], 0);
                break;
            default:
                frame = new Frame(type, default, numbers[0], 0);
                break;
        }

        fault = default;
        return true;
    }
}
