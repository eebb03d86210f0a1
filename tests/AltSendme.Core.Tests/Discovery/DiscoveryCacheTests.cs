using System.Net;
using AltSendme.Abstractions;
using AltSendme.Core.Discovery;
using AltSendme.TestKit;

namespace AltSendme.Core.Tests.Discovery;

public sealed class DiscoveryCacheTests
{
    private readonly VirtualTime _time = new();
    private readonly DiscoveryCache _cache;

    public DiscoveryCacheTests() => _cache = new DiscoveryCache(_time);

    [Fact]
    public void An_answer_holds_for_its_time_and_grows_older()
    {
        _cache.Keep(Id(1), [Candidate(1, seconds: 30) with { Age = TimeSpan.FromSeconds(5) }]);

        _time.Advance(TimeSpan.FromSeconds(29));
        Assert.Equal(TimeSpan.FromSeconds(34), Assert.Single(_cache.Find(Id(1))).Age);

        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Empty(_cache.Find(Id(1)));
    }

    [Fact]
    public void Several_answers_hold_as_long_as_the_shortest_and_none_for_longer_than_five_minutes()
    {
        _cache.Keep(Id(1), [Candidate(1, seconds: 30), Candidate(2, seconds: 100_000), Candidate(3, seconds: null)]);
        _cache.Keep(Id(2), [Candidate(1, seconds: 100_000)]);

        Assert.Equal(2, _cache.Find(Id(1)).Count);
        _time.Advance(TimeSpan.FromSeconds(30));
        Assert.Empty(_cache.Find(Id(1)));
        Assert.NotEmpty(_cache.Find(Id(2)));
        _time.Advance(DiscoveryCache.MaxTimeToLive);
        Assert.Empty(_cache.Find(Id(2)));
    }

    [Fact]
    public void What_names_no_time_or_led_nowhere_is_not_kept()
    {
        _cache.Keep(Id(1), [Candidate(1, seconds: null), Candidate(2, seconds: -1)]);
        _cache.Keep(Id(2), [Candidate(1, seconds: 30)]);
        _cache.Forget(Id(2));

        Assert.Empty(_cache.Find(Id(1)));
        Assert.Empty(_cache.Find(Id(2)));
    }

    [Fact]
    public void The_oldest_makes_room()
    {
        for (var i = 0; i <= DiscoveryCache.MaxEndpoints; i++)
        {
            _cache.Keep(Id(i), [Candidate(1, seconds: 30)]);
            _time.Advance(TimeSpan.FromMilliseconds(1));
        }

        Assert.Empty(_cache.Find(Id(0)));
        Assert.NotEmpty(_cache.Find(Id(1)));
        Assert.NotEmpty(_cache.Find(Id(DiscoveryCache.MaxEndpoints)));
    }

    private static EndpointId Id(int number)
    {
        var bytes = new byte[32];
        BitConverter.TryWriteBytes(bytes, number);
        return new EndpointId(bytes);
    }

    private static Candidate Candidate(int host, int? seconds) =>
        new(EndpointAddress.FromIp(new IPEndPoint(new IPAddress([192, 0, 2, (byte)host]), 9)), new CandidateSource("test")) { TimeToLive = seconds is { } time ? TimeSpan.FromSeconds(time) : null };
}
