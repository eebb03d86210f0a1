using AltSendme.Primitives.Encoding;

namespace AltSendme.RelayProtocol;

/// <summary>What a client may send once it is authenticated.</summary>
public readonly ref struct ClientFrame
{
    /// <summary>One of the two datagram types, <see cref="FrameType.Ping"/> or <see cref="FrameType.Pong"/>.</summary>
    public FrameType Type { get; private init; }

    /// <summary>The datagrams, when it is one of their types.</summary>
    public Datagrams Datagrams { get; private init; }

    /// <summary>The eight bytes of a ping or pong, as a number.</summary>
    public ulong Nonce { get; private init; }

    /// <summary>Reads a WebSocket message of a client's. Points into <paramref name="message"/>.</summary>
    public static bool TryRead(ReadOnlySpan<byte> message, out ClientFrame frame, out FrameFault fault)
    {
        frame = default;
        var reader = new SpanReader(message);
        if (!FrameHead.TryRead(ref reader, out var type, out fault))
            return false;

        var valid = true;
        switch (type)
        {
            case FrameType.ClientToRelayDatagram or FrameType.ClientToRelayBatch:
                valid = Datagrams.TryRead(ref reader, type == FrameType.ClientToRelayBatch, out var datagrams);
                frame = new ClientFrame { Type = type, Datagrams = datagrams };
                break;
            case FrameType.Ping or FrameType.Pong:
                valid = reader.TryReadUInt64BigEndian(out var nonce) && reader.IsAtEnd;
                frame = new ClientFrame { Type = type, Nonce = nonce };
                break;
            default:
                fault = FrameFault.NotAllowed;
                return false;
        }

        fault = valid ? FrameFault.None : FrameFault.BadLength;
        return valid;
    }
}
