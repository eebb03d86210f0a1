using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using AltSendme.Abstractions;
using AltSendme.Dns;
using AltSendme.Primitives.Cryptography;

namespace AltSendme.Discovery.Pkarr.Packets;

/// <summary>
/// What an endpoint says about itself, with its signature: 32 bytes of key, 64 of signature, 8 of timestamp (microseconds since 1970, big endian) and a DNS message of at most 1000 bytes. Servers are given, and give,
/// all but the key, which the URL names; that is the payload. What is signed has the form of BEP 44: <c>3:seqi</c>, the timestamp, <c>e1:v</c>, the message's length, a colon, the message.
/// </summary>
internal sealed class SignedPacket
{
    /// <summary>Bytes of the longest DNS message.</summary>
    public const int MaxMessageLength = 1000;

    /// <summary>Bytes of the longest payload.</summary>
    public const int MaxPayloadLength = HeaderLength + MaxMessageLength;

    private const int HeaderLength = Ed25519.SignatureLength + TimestampLength;
    private const int TimestampLength = sizeof(ulong);

    private SignedPacket(ulong timestamp, byte[] payload, DnsMessage message)
    {
        Timestamp = timestamp;
        Payload = payload;
        Message = message;
    }

    /// <summary>When it was signed, in microseconds since 1970. Of two packets of an endpoint the one with the larger timestamp holds.</summary>
    public ulong Timestamp { get; }

    /// <summary>Signature, timestamp and message.</summary>
    public ReadOnlyMemory<byte> Payload { get; }

    /// <summary>The signed message.</summary>
    public DnsMessage Message { get; }

    /// <summary>Reads a payload and verifies that <paramref name="id"/> signed it. Never throws.</summary>
    public static bool TryRead(EndpointId id, ReadOnlySpan<byte> payload, [NotNullWhen(true)] out SignedPacket? packet, out PacketFault fault)
    {
        packet = null;
        fault = payload.Length < HeaderLength ? PacketFault.TooShort : payload.Length > MaxPayloadLength ? PacketFault.TooLong : PacketFault.None;
        if (fault != PacketFault.None)
            return false;

        // The signature first: nothing of a stranger's is looked into.
        var timestamp = BinaryPrimitives.ReadUInt64BigEndian(payload[Ed25519.SignatureLength..]);
        var message = payload[HeaderLength..];
        if (!Ed25519.Verify(id.ToArray(), Signable(timestamp, message), payload[..Ed25519.SignatureLength]))
            fault = PacketFault.Signature;
        else if (!DnsMessage.TryRead(message, out var dns, out _))
            fault = PacketFault.Message;
        else
            packet = new SignedPacket(timestamp, payload.ToArray(), dns);
        return packet is not null;
    }

    /// <summary>Signs a message. Fails when it does not fit.</summary>
    public static bool TrySign(IEndpointIdentity identity, ulong timestamp, DnsMessage message, [NotNullWhen(true)] out SignedPacket? packet)
    {
        packet = null;
        var buffer = new byte[MaxPayloadLength];
        if (!message.TryWrite(buffer.AsSpan(HeaderLength), out var length))
            return false;
        BinaryPrimitives.WriteUInt64BigEndian(buffer.AsSpan(Ed25519.SignatureLength), timestamp);
        identity.Sign(Signable(timestamp, buffer.AsSpan(HeaderLength, length)), buffer.AsSpan(0, Ed25519.SignatureLength));
        packet = new SignedPacket(timestamp, buffer[..(HeaderLength + length)], message);
        return true;
    }

    /// <summary>The bytes that are signed (BEP 44, without a salt).</summary>
    internal static byte[] Signable(ulong timestamp, ReadOnlySpan<byte> message) =>
        [.. Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"3:seqi{timestamp}e1:v{message.Length}:")), .. message];
}
