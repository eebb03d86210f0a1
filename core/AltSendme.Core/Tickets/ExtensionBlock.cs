using System.Buffers;
using AltSendme.Abstractions;
using AltSendme.Primitives.Encoding;

namespace AltSendme.Core.Tickets;

/// <summary>
/// What AltSendme appends to a ticket and iroh's decoder ignores: magic, version, length, then records of type, length and value. A record of an
/// unknown even type is skipped; one of an odd type is critical, and a receiver that does not know it refuses the ticket.
/// </summary>
internal static class ExtensionBlock
{
    private const byte Version = 1;
    private const ulong AddressRecord = 2;
    private const ulong ExpiryRecord = 4;
    private const ulong OneTimeRecord = 6;

    private static readonly ulong LastSecond = (ulong)DateTimeOffset.MaxValue.ToUnixTimeSeconds();

    private static ReadOnlySpan<byte> Magic => "ASMX"u8;

    /// <summary>Appends a block, or nothing when there is nothing to say.</summary>
    public static void Write(IBufferWriter<byte> output, BlobTicket ticket, IEnumerable<EndpointAddress> addresses)
    {
        var content = new ArrayBufferWriter<byte>();
        var records = new PostcardWriter(content);
        foreach (var address in addresses)
        {
            records.WriteVarUInt64(AddressRecord);
            records.WriteString(address.ToString());
        }

        if (ticket.Expires is { } expires)
        {
            var value = new ArrayBufferWriter<byte>(PostcardWriter.MaxVarIntLength);
            new PostcardWriter(value).WriteVarUInt64((ulong)expires.ToUnixTimeSeconds());
            records.WriteVarUInt64(ExpiryRecord);
            records.WriteBytes(value.WrittenSpan);
        }

        if (ticket.IsOneTime)
        {
            records.WriteVarUInt64(OneTimeRecord);
            records.WriteBytes([]);
        }

        if (content.WrittenCount == 0)
            return;
        var block = new PostcardWriter(output);
        block.WriteFixed(Magic);
        block.WriteByte(Version);
        block.WriteBytes(content.WrittenSpan);
    }

    /// <summary>Reads what follows the postcard value: nothing, or one block and its end. Adds to <paramref name="addresses"/>.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, List<EndpointAddress> addresses, out ExtensionOptions options, out TicketFault fault)
    {
        options = default;
        fault = default;
        if (bytes.IsEmpty)
            return true;

        fault = TicketFaults.Truncated;
        var reader = new PostcardReader(bytes);
        if (bytes.Length <= Magic.Length)
        {
            if (!Magic.StartsWith(bytes))
                fault = TicketFaults.TrailingGarbage;
            return false;
        }

        if (!reader.TryReadFixed(Magic.Length, out var magic) || !magic.SequenceEqual(Magic))
        {
            fault = TicketFaults.TrailingGarbage;
            return false;
        }

        if (!reader.TryReadByte(out var version))
            return false;
        if (version != Version)
        {
            fault = TicketFaults.Version;
            return false;
        }

        if (!reader.TryReadVarUInt64(out var length))
            return false;
        if (length > TicketLimits.MaxExtensionLength)
        {
            fault = TicketFaults.Extension("is too large");
            return false;
        }

        if (!reader.TryReadFixed((int)length, out var content))
            return false;
        if (!reader.Remaining.IsEmpty)
        {
            fault = TicketFaults.TrailingGarbage;
            return false;
        }

        return TryReadRecords(content, addresses, out options, out fault);
    }

    private static bool TryReadRecords(ReadOnlySpan<byte> content, List<EndpointAddress> addresses, out ExtensionOptions options, out TicketFault fault)
    {
        options = default;
        fault = default;
        var reader = new PostcardReader(content);
        for (var count = 0; !reader.Remaining.IsEmpty; count++)
        {
            if (count == TicketLimits.MaxExtensionRecords)
            {
                fault = TicketFaults.Extension("has too many records");
                return false;
            }

            if (!reader.TryReadVarUInt64(out var type) || !reader.TryReadBytes(TicketLimits.MaxExtensionLength, out var value))
            {
                fault = TicketFaults.Extension("has a record that is cut off");
                return false;
            }

            if (!TryReadRecord(type, value, addresses, ref options, out fault))
                return false;
        }

        return true;
    }

    private static bool TryReadRecord(ulong type, ReadOnlySpan<byte> value, List<EndpointAddress> addresses, ref ExtensionOptions options, out TicketFault fault)
    {
        fault = default;
        switch (type)
        {
            case AddressRecord:
                return TryReadAddress(value, addresses, out fault);
            case ExpiryRecord:
                var reader = new PostcardReader(value);
                if (options.Expires is null && reader.TryReadVarUInt64(out var seconds) && reader.Remaining.IsEmpty && seconds <= LastSecond)
                {
                    options = options with { Expires = DateTimeOffset.FromUnixTimeSeconds((long)seconds) };
                    return true;
                }

                fault = TicketFaults.Extension("gives no single time of expiry");
                return false;
            case OneTimeRecord:
                options = options with { IsOneTime = true };
                if (!value.IsEmpty)
                    fault = TicketFaults.Extension("has a flag with a value");
                return value.IsEmpty;
            default:
                var isCritical = type % 2 != 0;
                if (isCritical)
                    fault = TicketFaults.UnknownCriticalRecord(type);
                return !isCritical;
        }
    }

    private static bool TryReadAddress(ReadOnlySpan<byte> value, List<EndpointAddress> addresses, out TicketFault fault)
    {
        fault = TicketFaults.ExtensionAddress;
        if (!System.Text.Unicode.Utf8.IsValid(value)
            || !EndpointAddress.TryParse(System.Text.Encoding.UTF8.GetString(value), out var address)
            || address.Scheme == EndpointAddress.IpScheme)
            return false;
        if (addresses.Count == TicketLimits.MaxAddresses)
        {
            fault = TicketFaults.TooManyAddresses;
            return false;
        }

        addresses.Add(address);
        return true;
    }
}
