using System.Buffers.Binary;
using System.Text;

namespace AltSendme.RelayProtocol;

/// <summary>Writes the frames that are not datagrams. Each method returns the frame's length; every frame but the texts fits into <see cref="MaxLength"/>.</summary>
public static class ControlFrames
{
    /// <summary>Longest frame of a fixed length: an endpoint that is gone.</summary>
    public const int MaxLength = 1 + RelayLimits.EndpointId;

    /// <summary>A ping, or the pong that answers it.</summary>
    public static int WritePing(Span<byte> destination, FrameType type, ulong nonce)
    {
        if (type is not (FrameType.Ping or FrameType.Pong))
            throw new ArgumentOutOfRangeException(nameof(type), type, "Only a ping or a pong.");
        destination[0] = (byte)type;
        BinaryPrimitives.WriteUInt64BigEndian(destination[1..], nonce);
        return 1 + sizeof(ulong);
    }

    /// <summary>An endpoint that is gone.</summary>
    public static int WriteEndpointGone(Span<byte> destination, ReadOnlySpan<byte> endpoint)
    {
        destination[0] = (byte)FrameType.EndpointGone;
        endpoint[..RelayLimits.EndpointId].CopyTo(destination[1..]);
        return 1 + RelayLimits.EndpointId;
    }

    /// <summary>How the client's connection stands; for version 1 the words that iroh's relay uses, as far as it has some.</summary>
    /// <param name="destination">At least 128 bytes.</param>
    /// <param name="version">The version that was agreed on.</param>
    /// <param name="status">How it stands.</param>
    public static int WriteStatus(Span<byte> destination, RelayVersion version, ClientStatus status)
    {
        if (version >= RelayVersion.V2)
        {
            destination[0] = (byte)FrameType.Status;
            destination[1] = (byte)status;
            return 2;
        }

        destination[0] = (byte)FrameType.Health;
        return 1 + Encoding.UTF8.GetBytes(
            status switch
            {
                ClientStatus.Healthy => "The connection works again.",
                ClientStatus.SameEndpointIdConnected => "Another endpoint with the same id is connected; it gets what arrives from now on.",
                _ => "This endpoint sends more than the relay lets through.",
            },
            destination[1..]);
    }

    /// <summary>The relay restarts.</summary>
    /// <param name="destination">At least nine bytes.</param>
    /// <param name="reconnectIn">How long the client should wait before it connects again.</param>
    /// <param name="tryFor">How long it should go on trying.</param>
    public static int WriteRestarting(Span<byte> destination, TimeSpan reconnectIn, TimeSpan tryFor)
    {
        destination[0] = (byte)FrameType.Restarting;
        BinaryPrimitives.WriteUInt32BigEndian(destination[1..], Milliseconds(reconnectIn));
        BinaryPrimitives.WriteUInt32BigEndian(destination[5..], Milliseconds(tryFor));
        return 1 + 4 + 4;
    }

    private static uint Milliseconds(TimeSpan time) => (uint)Math.Clamp(time.TotalMilliseconds, 0, uint.MaxValue);
}
