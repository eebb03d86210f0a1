using AltSendme.Primitives.Encoding;

namespace AltSendme.RelayProtocol;

/// <summary>The type of a frame, before anything else is looked at.</summary>
internal static class FrameHead
{
    public static bool TryRead(scoped ref SpanReader reader, out FrameType type, out FrameFault fault)
    {
        type = default;
        if (!reader.TryReadVarInt(out var number))
            fault = FrameFault.BadLength;
        else if (number > (ulong)FrameType.Status)
            fault = FrameFault.UnknownType;
        else if (reader.Remaining.Length > RelayLimits.MaxPayload)
            fault = FrameFault.TooLarge;
        else
            fault = FrameFault.None;
        type = (FrameType)number;
        return fault == FrameFault.None;
    }
}
