using System.Net;
using AltSendme.TestKit;

namespace AltSendme.Dns.Tests.Messages;

/// <summary>Messages of every kind of record, with names that share ends.</summary>
internal static class RandomMessages
{
    private static readonly string[] Ends = ["local", "_udp.local", "_irohv1._udp.local", "dns.iroh.link", "."];

    public static DnsMessage Next(Random random) => new()
    {
        Id = (ushort)random.Next(),
        Flags = (DnsFlags)(random.Next() & 0x8780),
        Opcode = random.Next(16),
        ResponseCode = (DnsResponseCode)random.Next(16),
        Questions = Many(random, 3, () => new DnsQuestion(Name(random), (DnsType)(ushort)random.Next(), (DnsClass)(ushort)random.Next())),
        Answers = Many(random, 20, () => Record(random)),
        Authorities = Many(random, 3, () => Record(random)),
        Additionals = Many(random, 6, () => Record(random)),
    };

    public static DnsName Name(Random random)
    {
        var name = DnsName.Parse(Ends[random.Next(Ends.Length)]);
        for (var labels = random.Next(4); labels > 0; labels--)
        {
            if (name.TryPrepend(random.Next(2) == 0 ? "peer"u8 : random.Bytes(random.Next(1, 64)), out var longer))
                name = longer;
        }

        return name;
    }

    private static DnsRecord Record(Random random)
    {
        var ttl = (uint)random.Next();
        return random.Next(9) switch
        {
            0 => DnsAddressData.Record(Name(random), new IPAddress(random.Bytes(4)), ttl),
            1 => DnsAddressData.Record(Name(random), new IPAddress(random.Bytes(16)), ttl),
            2 => new DnsRecord(Name(random), DnsType.Ptr, ttl, new DnsNameData(Name(random))),
            3 => new DnsRecord(Name(random), DnsType.Srv, ttl, new DnsServiceData((ushort)random.Next(), (ushort)random.Next(), (ushort)random.Next(), Name(random))),
            4 => new DnsRecord(Name(random), DnsType.Txt, ttl, new DnsTextData(Many(random, 5, () => (ReadOnlyMemory<byte>)random.Bytes(random.Next(256))))),
            5 => new DnsRecord(Name(random), DnsType.Soa, ttl, new DnsAuthorityData(Name(random), Name(random), 1, 2, 3, 4, (uint)random.Next())),
            6 => new DnsRecord(Name(random), DnsType.Nsec, ttl, new DnsExistenceData(Name(random), [.. Many(random, 9, () => (DnsType)(ushort)random.Next()).Distinct().Order()])),
            7 => DnsRecord.Edns((ushort)random.Next()),
            _ => new DnsRecord(Name(random), (DnsType)65280, ttl, new DnsRawData(random.Bytes(random.Next(64)))) { Class = (DnsClass)(ushort)random.Next() },
        };
    }

    private static T[] Many<T>(Random random, int most, Func<T> make) => [.. Enumerable.Range(0, random.Next(1, most + 1)).Select(_ => make())];
}
