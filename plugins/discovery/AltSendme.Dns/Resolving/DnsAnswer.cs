namespace AltSendme.Dns;

/// <summary>What a server said about a name.</summary>
/// <param name="Records">The records of the type that was asked for; none when there are none (RFC 2308).</param>
/// <param name="TimeToLive">For how long the answer, also a negative one, may be kept.</param>
public sealed record DnsAnswer(IReadOnlyList<DnsRecord> Records, TimeSpan TimeToLive)
{
    /// <summary>Longest time for which an answer is kept, whatever a server says.</summary>
    public static readonly TimeSpan MaxTimeToLive = TimeSpan.FromDays(1);

    /// <summary>Longest time for which a negative answer is kept (RFC 2308, section 5, allows hours; who is not there now may be there soon).</summary>
    public static readonly TimeSpan MaxNegativeTimeToLive = TimeSpan.FromMinutes(5);

    // More aliases than this lead nowhere that anybody meant.
    private const int MaxAliases = 8;

    /// <summary>Takes the answer out of a response, through the aliases in it (RFC 1034, section 3.6.2). An alias that leads out of the response counts as no records.</summary>
    public static DnsAnswer From(DnsMessage response, DnsName name, DnsType type)
    {
        ArgumentNullException.ThrowIfNull(response);
        ArgumentNullException.ThrowIfNull(name);
        var ttl = uint.MaxValue;
        for (var aliases = 0; aliases <= MaxAliases; aliases++)
        {
            var here = response.Answers.Where(record => record.Class == DnsClass.In && record.Name.Equals(name)).ToList();
            var found = here.Where(record => record.Type == type).ToList();
            if (found.Count > 0)
                return new DnsAnswer(found, Limit(Math.Min(ttl, found.Min(static record => record.Ttl)), MaxTimeToLive));
            if (here.Find(static record => record.Type == DnsType.Cname) is not { Data: DnsNameData alias } link)
                break;
            ttl = Math.Min(ttl, link.Ttl);
            name = alias.Target;
        }

        // Without the zone's word a negative answer is not kept (RFC 2308, section 5).
        var zone = response.Authorities.FirstOrDefault(static record => record.Type == DnsType.Soa);
        return new DnsAnswer([], zone?.Data is DnsAuthorityData authority ? Limit(Math.Min(Math.Min(ttl, zone.Ttl), authority.Minimum), MaxNegativeTimeToLive) : TimeSpan.Zero);
    }

    private static TimeSpan Limit(uint seconds, TimeSpan most)
    {
        var time = TimeSpan.FromSeconds(seconds);
        return time < most ? time : most;
    }
}
