using AltSendme.Primitives.Encoding;

namespace AltSendme.Transports.Tls.Wire;

/// <summary>What one side is ready to take, as it says in its first frame: pairs of numbers, key and value. Unknown keys are for later versions and ignored.</summary>
/// <param name="InitialWindow">Bytes that may be sent on a new stream.</param>
/// <param name="StreamCredit">Streams that may be opened.</param>
internal readonly record struct MuxSettings(ulong InitialWindow, ulong StreamCredit)
{
    private const ulong InitialWindowKey = 1;
    private const ulong StreamCreditKey = 2;

    private static readonly MuxFault Malformed = new(MuxFaultCode.Malformed, "The settings can't be read.");

    /// <summary>What this implementation announces.</summary>
    public static readonly MuxSettings Default = new(MuxLimits.InitialWindow, MuxLimits.MaxPeerStreams);

    /// <summary>Writes the payload and returns its bytes.</summary>
    public int Write(Span<byte> destination)
    {
        var length = QuicVarInt.Write(destination, InitialWindowKey);
        length += QuicVarInt.Write(destination[length..], InitialWindow);
        length += QuicVarInt.Write(destination[length..], StreamCreditKey);
        return length + QuicVarInt.Write(destination[length..], StreamCredit);
    }

    /// <summary>Reads a payload; a key that is missing stands for zero.</summary>
    public static bool TryRead(ReadOnlySpan<byte> source, out MuxSettings settings, out MuxFault fault)
    {
        settings = default;
        fault = Malformed;
        var reader = new SpanReader(source);
        while (!reader.IsAtEnd)
        {
            if (!reader.TryReadVarInt(out var key) || !reader.TryReadVarInt(out var value))
                return false;
            settings = key switch
            {
                InitialWindowKey => settings with { InitialWindow = value },
                StreamCreditKey => settings with { StreamCredit = value },
                _ => settings,
            };
        }

        fault = default;
        return true;
    }
}
