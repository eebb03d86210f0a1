using System.Diagnostics.CodeAnalysis;

namespace AltSendme.Dns;

/// <summary>Data of <see cref="DnsType.Soa"/> (RFC 1035, section 3.3.13).</summary>
/// <param name="Server">The server that has the original.</param>
/// <param name="Contact">Whom to write to, as a name.</param>
/// <param name="Serial">Version of the zone.</param>
/// <param name="Refresh">Seconds between two looks of a copy.</param>
/// <param name="Retry">Seconds after a look that failed.</param>
/// <param name="Expire">Seconds after which a copy is too old.</param>
/// <param name="Minimum">Seconds for which a negative answer may be kept (RFC 2308, section 4).</param>
public sealed record DnsAuthorityData(DnsName Server, DnsName Contact, uint Serial, uint Refresh, uint Retry, uint Expire, uint Minimum) : DnsData
{
    internal override void Write(ref DnsWriter writer)
    {
        writer.WriteName(Server);
        writer.WriteName(Contact);
        writer.WriteUInt32(Serial);
        writer.WriteUInt32(Refresh);
        writer.WriteUInt32(Retry);
        writer.WriteUInt32(Expire);
        writer.WriteUInt32(Minimum);
    }

    internal static bool TryRead(ref DnsReader reader, [NotNullWhen(true)] out DnsAuthorityData? data)
    {
        data = null;
        if (!reader.TryReadName(out var server) || !reader.TryReadName(out var contact) || !reader.TryReadUInt32(out var serial) || !reader.TryReadUInt32(out var refresh)
            || !reader.TryReadUInt32(out var retry) || !reader.TryReadUInt32(out var expire) || !reader.TryReadUInt32(out var minimum))
            return false;
        data = new DnsAuthorityData(server, contact, serial, refresh, retry, expire, minimum);
        return true;
    }
}
