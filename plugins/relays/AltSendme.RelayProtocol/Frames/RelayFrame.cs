using System.Text;
using AltSendme.Primitives.Encoding;

namespace AltSendme.RelayProtocol;

/// <summary>What a relay may send once the client is authenticated.</summary>
public readonly ref struct RelayFrame
{
    /// <summary>Which of them.</summary>
    public FrameType Type { get; private init; }

    /// <summary>The datagrams, when it is one of their types; of <see cref="FrameType.EndpointGone"/> only the peer.</summary>
    public Datagrams Datagrams { get; private init; }

    /// <summary>The eight bytes of a ping or pong, as a number.</summary>
    public ulong Nonce { get; private init; }

    /// <summary>How the connection stands (<see cref="FrameType.Status"/>).</summary>
    public ClientStatus Status { get; private init; }

    /// <summary>What is wrong (<see cref="FrameType.Health"/>), at most <see cref="RelayLimits.MaxReason"/> bytes of valid UTF-8.</summary>
    public ReadOnlySpan<byte> Problem { get; private init; }

    /// <summary>How long to wait before connecting again (<see cref="FrameType.Restarting"/>).</summary>
    public TimeSpan ReconnectIn { get; private init; }

    /// <summary>How long to go on trying then (<see cref="FrameType.Restarting"/>).</summary>
    public TimeSpan TryFor { get; private init; }

    /// <summary>Reads a WebSocket message of a relay's. Points into <paramref name="message"/>.</summary>
    public static bool TryRead(ReadOnlySpan<byte> message, RelayVersion version, out RelayFrame frame, out FrameFault fault)
    {
        frame = default;
        var reader = new SpanReader(message);
        if (!FrameHead.TryRead(ref reader, out var type, out fault))
            return false;

        fault = FrameFault.BadLength;
        switch (type)
        {
            case FrameType.RelayToClientDatagram or FrameType.RelayToClientBatch:
                if (!Datagrams.TryRead(ref reader, type == FrameType.RelayToClientBatch, out var datagrams))
                    return false;
                frame = new RelayFrame { Type = type, Datagrams = datagrams };
                break;
            case FrameType.EndpointGone:
                if (!reader.TryReadBytes(RelayLimits.EndpointId, out var gone) || !reader.IsAtEnd)
                    return false;
                frame = new RelayFrame { Type = type, Datagrams = new Datagrams { Peer = gone, Ecn = 0, SegmentSize = 0, Contents = default } };
                break;
            case FrameType.Ping or FrameType.Pong:
                if (!reader.TryReadUInt64BigEndian(out var nonce) || !reader.IsAtEnd)
                    return false;
                frame = new RelayFrame { Type = type, Nonce = nonce };
                break;
            case FrameType.Restarting:
                if (!reader.TryReadUInt32BigEndian(out var reconnectIn) || !reader.TryReadUInt32BigEndian(out var tryFor) || !reader.IsAtEnd)
                    return false;
                frame = new RelayFrame { Type = type, ReconnectIn = TimeSpan.FromMilliseconds(reconnectIn), TryFor = TimeSpan.FromMilliseconds(tryFor) };
                break;
            case FrameType.Status when version >= RelayVersion.V2:
                // What follows the number belongs to versions to come.
                if (!reader.TryReadByte(out var status))
                    return false;
                frame = new RelayFrame { Type = type, Status = (ClientStatus)status };
                break;
            case FrameType.Health when version == RelayVersion.V1:
                if (reader.Remaining.Length > RelayLimits.MaxReason)
                    return false;
                frame = new RelayFrame { Type = type, Problem = reader.Remaining };
                break;
            default:
                fault = FrameFault.NotAllowed;
                return false;
        }

        fault = System.Text.Unicode.Utf8.IsValid(frame.Problem) ? FrameFault.None : FrameFault.NotText;
        return fault == FrameFault.None;
    }

    /// <summary>The problem as text.</summary>
    public string ProblemText() => Encoding.UTF8.GetString(Problem);
}
