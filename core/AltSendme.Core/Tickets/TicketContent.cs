using System.Buffers;
using System.Net;
using System.Net.Sockets;
using AltSendme.Abstractions;
using AltSendme.Blobs;
using AltSendme.Primitives.Cryptography;
using AltSendme.Primitives.Encoding;

namespace AltSendme.Core.Tickets;

/// <summary>
/// The bytes inside a ticket: the postcard value that iroh 0.35 and 1.x both write and read, then our extension block.
/// docs/protocol/ticket.md gives the layout.
/// </summary>
internal static class TicketContent
{
    private const byte Variant = 0;
    private const byte Absent = 0;
    private const byte Present = 1;
    private const byte IPv4 = 0;
    private const byte IPv6 = 1;
    private const int IPv4Length = 4;
    private const int IPv6Length = 16;

    public static byte[] Write(BlobTicket ticket)
    {
        var output = new ArrayBufferWriter<byte>();
        var writer = new PostcardWriter(output);
        writer.WriteByte(Variant);
        writer.WriteFixed(ticket.Endpoint.ToArray());
        writer.WriteByte(ticket.RelayUrl is null ? Absent : Present);
        if (ticket.RelayUrl is not null)
            writer.WriteString(ticket.RelayUrl.AbsoluteUri);

        var sockets = ticket.Addresses.TakeWhile(address => address.Scheme == EndpointAddress.IpScheme).ToArray();
        writer.WriteVarUInt64((ulong)sockets.Length);
        foreach (var socket in sockets)
            WriteSocket(writer, socket);

        writer.WriteByte((byte)ticket.Format);
        writer.WriteFixed(Hash.AsSpan(ticket.Root));
        ExtensionBlock.Write(output, ticket, ticket.Addresses.Skip(sockets.Length));
        return output.WrittenSpan.ToArray();
    }

    public static bool TryRead(ReadOnlySpan<byte> bytes, out BlobTicket? ticket, out TicketFault fault)
    {
        ticket = null;
        fault = TicketFaults.Truncated;
        var reader = new PostcardReader(bytes);
        if (!reader.TryReadByte(out var variant))
            return false;
        if (variant != Variant)
        {
            fault = TicketFaults.Version;
            return false;
        }

        var addresses = new List<EndpointAddress>();
        if (!reader.TryReadFixed(EndpointId.Length, out var endpoint)
            || !TryReadRelay(ref reader, out var relay, out fault)
            || !TryReadSockets(ref reader, addresses, out fault)
            || !TryReadFormat(ref reader, out var format, out fault)
            || !reader.TryReadFixed(Hash.Length, out var root))
            return false;
        if (!Ed25519.IsPublicKey(endpoint))
        {
            fault = TicketFaults.NoPublicKey;
            return false;
        }

        if (!ExtensionBlock.TryRead(reader.Remaining, addresses, out var options, out fault))
            return false;

        ticket = new BlobTicket
        {
            Endpoint = new EndpointId(endpoint),
            RelayUrl = relay,
            Addresses = addresses,
            Format = format,
            Root = new Hash(root),
            Expires = options.Expires,
            IsOneTime = options.IsOneTime,
        };
        return true;
    }

    private static void WriteSocket(PostcardWriter writer, EndpointAddress address)
    {
        if (!address.TryGetIp(out var endPoint))
            throw new InvalidOperationException($"{address} is not a socket address.");
        writer.WriteByte(endPoint.AddressFamily == AddressFamily.InterNetwork ? IPv4 : IPv6);
        writer.WriteFixed(endPoint.Address.GetAddressBytes());
        writer.WriteVarUInt64((ulong)endPoint.Port);
    }

    private static bool TryReadRelay(ref PostcardReader reader, out Uri? relay, out TicketFault fault)
    {
        relay = null;
        fault = TicketFaults.Truncated;
        if (!reader.TryReadByte(out var presence))
            return false;
        if (presence == Absent)
            return true;
        if (presence != Present)
        {
            fault = TicketFaults.Malformed("it neither has nor lacks a relay");
            return false;
        }

        if (!reader.TryReadVarUInt64(out var length))
            return false;
        if (length > TicketLimits.MaxRelayUrlLength)
        {
            fault = TicketFaults.RelayUrl;
            return false;
        }

        if (!reader.TryReadFixed((int)length, out var text))
            return false;
        fault = TicketFaults.RelayUrl;
        return TicketRelay.TryRead(System.Text.Encoding.Latin1.GetString(text), out relay);
    }

    private static bool TryReadSockets(ref PostcardReader reader, List<EndpointAddress> addresses, out TicketFault fault)
    {
        fault = TicketFaults.Truncated;
        if (!reader.TryReadVarUInt64(out var count))
            return false;
        if (count > TicketLimits.MaxAddresses)
        {
            fault = TicketFaults.TooManyAddresses;
            return false;
        }

        for (; count > 0; count--)
        {
            if (!reader.TryReadByte(out var family))
                return false;
            if (family is not (IPv4 or IPv6))
            {
                fault = TicketFaults.Malformed("an address is neither IPv4 nor IPv6");
                return false;
            }

            if (!reader.TryReadFixed(family == IPv4 ? IPv4Length : IPv6Length, out var octets) || !reader.TryReadVarUInt64(out var port))
                return false;
            if (port > IPEndPoint.MaxPort)
            {
                fault = TicketFaults.Malformed("a port is above 65535");
                return false;
            }

            // Port 0 can't be dialled; the other ways in the ticket still can.
            if (port != 0)
                addresses.Add(EndpointAddress.FromIp(new IPEndPoint(new IPAddress(octets), (int)port)));
        }

        return true;
    }

    private static bool TryReadFormat(ref PostcardReader reader, out BlobFormat format, out TicketFault fault)
    {
        fault = TicketFaults.Truncated;
        format = BlobFormat.Raw;
        if (!reader.TryReadByte(out var value))
            return false;
        format = (BlobFormat)value;
        fault = format is BlobFormat.Raw or BlobFormat.HashSequence ? TicketFaults.Truncated : TicketFaults.Malformed("its content is neither a blob nor a hash sequence");
        return format is BlobFormat.Raw or BlobFormat.HashSequence;
    }
}
