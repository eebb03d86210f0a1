using AltSendme.Abstractions;
using AltSendme.Dns;

namespace AltSendme.Discovery.Pkarr.Packets;

/// <summary>The way between addresses of an endpoint and the records in its packet.</summary>
internal static class EndpointRecord
{
    /// <summary>Seconds that others may keep the records, as iroh has it.</summary>
    public const uint TimeToLive = 30;

    /// <summary>Signs the addresses, relays first; when they do not fit, the last ones are left out.</summary>
    public static SignedPacket Sign(IEndpointIdentity identity, ulong timestamp, IReadOnlyList<EndpointAddress> addresses)
    {
        var relays = new List<Uri>();
        var sockets = new List<System.Net.IPEndPoint>();
        foreach (var address in addresses)
        {
            if (address.TryGetRelay(out var relay))
                relays.Add(relay);
            else if (address.TryGetIp(out var socket))
                sockets.Add(socket);
        }

        var name = NameOf(identity.Id);
        var records = new IrohEndpointInfo { Relays = relays, Addresses = sockets }.ToRecords().Select(data => new DnsRecord(name, DnsType.Txt, TimeToLive, data)).ToList();
        while (true)
        {
            if (SignedPacket.TrySign(identity, timestamp, new DnsMessage { Flags = DnsFlags.Response, Answers = records }, out var packet))
                return packet;
            records.RemoveAt(records.Count - 1);
        }
    }

    /// <summary>The addresses in an endpoint's packet, as candidates of a certain age.</summary>
    public static IEnumerable<Candidate> Candidates(EndpointId id, SignedPacket packet, DateTimeOffset now)
    {
        var name = NameOf(id);
        var info = IrohEndpointInfo.FromAnswers(packet.Message.Answers, name);
        var age = now - DateTimeOffset.UnixEpoch - TimeSpan.FromMicroseconds(Math.Min(packet.Timestamp, (ulong)TimeSpan.MaxValue.TotalMicroseconds / 2));
        var seconds = packet.Message.Answers.Where(record => record.Name.Equals(name)).Select(static record => record.Ttl).DefaultIfEmpty(0u).Min();
        var addresses = info.Relays.Select(EndpointAddress.FromRelay).Concat(info.Addresses.Select(EndpointAddress.FromIp));
        return addresses.Select(address => new Candidate(address, new CandidateSource("pkarr"))
        {
            Age = age > TimeSpan.Zero ? age : TimeSpan.Zero,
            TimeToLive = TimeSpan.FromSeconds(seconds),
        });
    }

    private static DnsName NameOf(EndpointId id) =>
        IrohEndpointInfo.TryMakeName(id.ToArray(), DnsName.Root, out var name) ? name : throw new InvalidOperationException("The name of an id always fits.");
}
