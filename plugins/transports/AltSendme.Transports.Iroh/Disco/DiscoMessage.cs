using System.Buffers.Binary;
using System.Net;
using System.Text;
using AltSendme.Abstractions;

namespace AltSendme.Transports.Iroh.Disco;

/// <summary>
/// A discovery message as iroh up to 0.3x sends it beside QUIC, on the same socket (n0-computer/iroh at v0.35.0, iroh/src/disco.rs): kind, version 0, payload. What follows a known payload is ignored, as
/// iroh does, so that messages can grow.
/// </summary>
/// <param name="Kind">Which of the three.</param>
/// <param name="Transaction">Ping and pong: what pairs them, 12 bytes in the low bits.</param>
/// <param name="Addresses">Pong: where the ping came from, when that was no relay. CallMeMaybe: where the sender may be reached.</param>
internal readonly record struct DiscoMessage(DiscoMessageKind Kind, UInt128 Transaction, IReadOnlyList<IPEndPoint> Addresses)
{
    /// <summary>Bytes of the longest message that is written or read.</summary>
    public const int MaxLength = 1100;

    /// <summary>Addresses in one message; more are cut.</summary>
    public const int MaxAddresses = 32;

    private const byte Version = 0;
    private const int HeaderLength = 2;
    private const int TransactionLength = 12;
    private const int AddressLength = 18;
    private const byte UdpTag = 0;
    private const byte RelayTag = 1;

    /// <summary>A ping.</summary>
    public static DiscoMessage Ping(UInt128 transaction) => new(DiscoMessageKind.Ping, transaction, []);

    /// <summary>The answer to a ping that came from <paramref name="source"/>.</summary>
    public static DiscoMessage Pong(UInt128 transaction, IPEndPoint source) => new(DiscoMessageKind.Pong, transaction, [source]);

    /// <summary>The answer to a ping that came through a relay.</summary>
    public static DiscoMessage RelayedPong(UInt128 transaction) => new(DiscoMessageKind.Pong, transaction, []);

    /// <summary>A request to be pinged.</summary>
    public static DiscoMessage CallMeMaybe(IReadOnlyList<IPEndPoint> addresses) => new(DiscoMessageKind.CallMeMaybe, default, [.. addresses.Take(MaxAddresses)]);

    /// <summary>Writes the message and returns its length.</summary>
    /// <param name="buffer">At least <see cref="MaxLength"/> bytes.</param>
    /// <param name="own">A ping names who sends it.</param>
    /// <param name="relay">A relayed pong names the relay.</param>
    public int Write(Span<byte> buffer, EndpointId own, Uri? relay = null)
    {
        buffer[0] = (byte)Kind;
        buffer[1] = Version;
        var at = HeaderLength;
        if (Kind != DiscoMessageKind.CallMeMaybe)
        {
            BinaryPrimitives.WriteUInt64BigEndian(buffer[at..], (ulong)(Transaction >> 32));
            BinaryPrimitives.WriteUInt32BigEndian(buffer[(at + 8)..], (uint)Transaction);
            at += TransactionLength;
        }

        switch (Kind)
        {
            case DiscoMessageKind.Ping:
                own.CopyTo(buffer[at..]);
                return at + EndpointId.Length;
            case DiscoMessageKind.Pong when Addresses.Count == 0:
                buffer[at++] = RelayTag;
                return at + (Encoding.UTF8.TryGetBytes(relay?.AbsoluteUri ?? "", buffer[at..MaxLength], out var length) ? length : 0);
            case DiscoMessageKind.Pong:
                buffer[at++] = UdpTag;
                break;
        }

        foreach (var address in Addresses)
        {
            WriteAddress(buffer[at..], address);
            at += AddressLength;
        }

        return at;
    }

    /// <summary>Reads a message; false for what is none or of another version.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out DiscoMessage message)
    {
        message = default;
        if (bytes.Length is < HeaderLength or > MaxLength || bytes[1] != Version)
            return false;
        var payload = bytes[HeaderLength..];
        switch ((DiscoMessageKind)bytes[0])
        {
            case DiscoMessageKind.Ping when payload.Length >= TransactionLength + EndpointId.Length:
                message = Ping(ReadTransaction(payload));
                return true;
            case DiscoMessageKind.Pong when payload.Length > TransactionLength:
                return TryReadPong(payload, out message);
            case DiscoMessageKind.CallMeMaybe when payload.Length % AddressLength == 0:
                var addresses = new List<IPEndPoint>();
                for (; !payload.IsEmpty && addresses.Count < MaxAddresses; payload = payload[AddressLength..])
                    addresses.Add(ReadAddress(payload));
                message = new DiscoMessage(DiscoMessageKind.CallMeMaybe, default, addresses);
                return true;
            default:
                return false;
        }
    }

    private static bool TryReadPong(ReadOnlySpan<byte> payload, out DiscoMessage message)
    {
        var transaction = ReadTransaction(payload);
        var source = payload[(TransactionLength + 1)..];
        message = payload[TransactionLength] == UdpTag && source.Length >= AddressLength ? Pong(transaction, ReadAddress(source)) : RelayedPong(transaction);
        return payload[TransactionLength] == RelayTag || message.Addresses.Count > 0;
    }

    private static UInt128 ReadTransaction(ReadOnlySpan<byte> bytes) => ((UInt128)BinaryPrimitives.ReadUInt64BigEndian(bytes) << 32) | BinaryPrimitives.ReadUInt32BigEndian(bytes[8..]);

    // IPv4 mapped into IPv6, then the port, low byte first.
    private static void WriteAddress(Span<byte> destination, IPEndPoint address)
    {
        address.Address.MapToIPv6().TryWriteBytes(destination, out _);
        BinaryPrimitives.WriteUInt16LittleEndian(destination[16..], (ushort)address.Port);
    }

    private static IPEndPoint ReadAddress(ReadOnlySpan<byte> bytes)
    {
        var address = new IPAddress(bytes[..16]);
        return new IPEndPoint(address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address, BinaryPrimitives.ReadUInt16LittleEndian(bytes[16..]));
    }
}
