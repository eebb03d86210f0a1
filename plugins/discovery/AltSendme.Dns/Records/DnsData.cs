using System.Diagnostics.CodeAnalysis;
using System.Net;

namespace AltSendme.Dns;

/// <summary>The data of a record. Of types that are not known here the bytes are kept (RFC 3597), and of <see cref="DnsType.Nsec"/> that is written wrongly.</summary>
public abstract record DnsData
{
    private protected DnsData()
    {
    }

    internal abstract void Write(ref DnsWriter writer);

    /// <summary>Reads the data of a record, which must fill exactly <paramref name="length"/> bytes.</summary>
    internal static bool TryRead(ref DnsReader reader, DnsType type, int length, [NotNullWhen(true)] out DnsData? data)
    {
        data = null;
        if (length > reader.Remaining)
            return reader.Fail(DnsFault.Truncated);
        var end = reader.Position + length;

        // Whatever goes wrong inside is the data's fault, unless a name in it is broken in a way of its own.
        data = Read(ref reader, type, length, end);
        if (data is null || reader.Position != end)
        {
            data = null;
            return reader.Fail(DnsFault.BadData);
        }

        return true;
    }

    // Some write it wrongly (python-zeroconf 0.47 does), and nothing here depends on it: the rest of their messages is good.
    private static DnsData? ReadExistence(ref DnsReader reader, int length, int end)
    {
        var attempt = reader;
        if (DnsExistenceData.TryRead(ref attempt, end, out var existence) && attempt.Position == end)
        {
            reader = attempt;
            return existence;
        }

        return reader.TryReadBytes(length, out var bytes) ? new DnsRawData(bytes.ToArray()) : null;
    }

    private static DnsData? Read(ref DnsReader reader, DnsType type, int length, int end)
    {
        switch (type)
        {
            case DnsType.A:
                return length == 4 && reader.TryReadBytes(length, out var ipv4) ? new DnsAddressData(new IPAddress(ipv4)) : null;
            case DnsType.Aaaa:
                return length == 16 && reader.TryReadBytes(length, out var ipv6) ? new DnsAddressData(new IPAddress(ipv6)) : null;
            case DnsType.Ptr or DnsType.Cname or DnsType.Ns:
                return reader.TryReadName(out var target) ? new DnsNameData(target) : null;
            case DnsType.Txt:
                return DnsTextData.TryRead(ref reader, end, out var texts) ? texts : null;
            case DnsType.Srv:
                return reader.TryReadUInt16(out var priority) && reader.TryReadUInt16(out var weight) && reader.TryReadUInt16(out var port) && reader.TryReadName(out var host)
                    ? new DnsServiceData(priority, weight, port, host)
                    : null;
            case DnsType.Soa:
                return DnsAuthorityData.TryRead(ref reader, out var authority) ? authority : null;
            case DnsType.Nsec:
                return ReadExistence(ref reader, length, end);
            default:
                return reader.TryReadBytes(length, out var bytes) ? new DnsRawData(bytes.ToArray()) : null;
        }
    }
}
