namespace AltSendme.Dns.Tests.Resolving;

public sealed class DnsAnswerTests
{
    private static readonly DnsName A = DnsName.Parse("a.example");
    private static readonly DnsName B = DnsName.Parse("b.example");
    private static readonly DnsName C = DnsName.Parse("c.example");

    [Fact]
    public void Aliases_are_followed_within_the_answer_and_the_shortest_time_counts()
    {
        var answer = DnsAnswer.From(new DnsMessage { Answers = [Alias(B, C, 20), Alias(A, B, 30), Text(C, 40)] }, A, DnsType.Txt);

        Assert.Equal(C, Assert.Single(answer.Records).Name);
        Assert.Equal(TimeSpan.FromSeconds(20), answer.TimeToLive);
    }

    [Fact]
    public void Aliases_that_go_round_end_without_records() => Assert.Empty(DnsAnswer.From(new DnsMessage { Answers = [Alias(A, B, 1), Alias(B, A, 1)] }, A, DnsType.Txt).Records);

    [Fact]
    public void Records_of_other_names_and_types_do_not_answer() => Assert.Empty(DnsAnswer.From(new DnsMessage { Answers = [Text(B, 1), Alias(B, C, 1)] }, A, DnsType.Txt).Records);

    [Fact]
    public void No_answer_is_kept_longer_than_a_day() =>
        Assert.Equal(DnsAnswer.MaxTimeToLive, DnsAnswer.From(new DnsMessage { Answers = [Text(A, int.MaxValue)] }, A, DnsType.Txt).TimeToLive);

    [Fact]
    public void A_negative_answer_is_kept_for_minutes_at_most()
    {
        var zone = new DnsRecord(DnsName.Parse("example"), DnsType.Soa, 86_400, new DnsAuthorityData(DnsName.Root, DnsName.Root, 1, 2, 3, 4, 86_400));

        Assert.Equal(DnsAnswer.MaxNegativeTimeToLive, DnsAnswer.From(new DnsMessage { Authorities = [zone] }, A, DnsType.Txt).TimeToLive);
    }

    private static DnsRecord Alias(DnsName from, DnsName to, uint ttl) => new(from, DnsType.Cname, ttl, new DnsNameData(to));

    private static DnsRecord Text(DnsName name, uint ttl) => new(name, DnsType.Txt, ttl, DnsTextData.Of("x=y"));
}
