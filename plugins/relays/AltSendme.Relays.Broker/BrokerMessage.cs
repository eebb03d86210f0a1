using System.Buffers.Binary;
using AltSendme.Abstractions;

namespace AltSendme.Relays.Broker;

/// <summary>
/// A message: the sender's id (32 bytes), the congestion mark (1), the size of each datagram (2, big endian), the datagrams. The id is a claim, as the source address of a UDP datagram is: transports believe
/// a peer only by its keys.
/// </summary>
internal static class BrokerMessage
{
    /// <summary>Most bytes of datagrams in one message.</summary>
    public const int MaxContents = 64 * 1024;

    private const int HeadLength = EndpointId.Length + 3;

    /// <summary>Where messages for an endpoint go: its id in hexadecimal digits.</summary>
    public static string RoutingKey(EndpointId id) => Convert.ToHexStringLower(id.ToArray());

    public static bool TryReadRoutingKey(string text, out EndpointId id)
    {
        Span<byte> bytes = stackalloc byte[EndpointId.Length];
        id = default;
        if (text.Length != 2 * EndpointId.Length || Convert.FromHexString(text, bytes, out _, out _) != System.Buffers.OperationStatus.Done)
            return false;
        id = new EndpointId(bytes);
        return true;
    }

    public static byte[] Write(EndpointId sender, EcnCodepoint ecn, int segmentSize, ReadOnlySpan<byte> contents)
    {
        var message = new byte[HeadLength + contents.Length];
        sender.CopyTo(message);
        message[EndpointId.Length] = (byte)ecn;
        BinaryPrimitives.WriteUInt16BigEndian(message.AsSpan(EndpointId.Length + 1), (ushort)segmentSize);
        contents.CopyTo(message.AsSpan(HeadLength));
        return message;
    }

    /// <summary>Reads a message into a receiver's buffer; whole datagrams that fit. False for what no sender of ours writes.</summary>
    public static bool TryRead(ReadOnlySpan<byte> message, Memory<byte> buffer, out RelayDatagrams datagrams)
    {
        datagrams = default;
        if (message.Length <= HeadLength || message.Length > HeadLength + MaxContents)
            return false;
        var contents = message[HeadLength..];
        var size = Math.Min((int)BinaryPrimitives.ReadUInt16BigEndian(message[(EndpointId.Length + 1)..]), contents.Length);
        if (size == 0 || size > RelayDatagrams.MaxSegmentSize || size > buffer.Length)
            return false;
        contents = contents[..Math.Min(contents.Length, buffer.Length / size * size)];
        contents.CopyTo(buffer.Span);
        datagrams = new RelayDatagrams(new EndpointId(message[..EndpointId.Length]), buffer[..contents.Length], size, (EcnCodepoint)(message[EndpointId.Length] & 3));
        return true;
    }
}
