using AltSendme.Core.Relays;

namespace AltSendme.Core.Tests.Relays;

public sealed class HomeRelayChoiceTests
{
    private static readonly Uri[] Relays = [new("https://a.example/"), new("https://b.example/"), new("https://c.example/")];

    [Fact]
    public void The_nearest_relay_becomes_home_and_the_others_follow_by_distance()
    {
        var choice = new HomeRelayChoice(Relays);

        Assert.True(choice.Update(Latencies(80, 20, 50)));

        Assert.Equal([Relays[1], Relays[2], Relays[0]], choice.Order);
    }

    [Fact]
    public void A_relay_that_is_a_little_nearer_is_no_reason_to_move()
    {
        var choice = new HomeRelayChoice(Relays);
        choice.Update(Latencies(30, 100, 100));

        Assert.False(choice.Update(Latencies(30, 25, 100)));
        Assert.Equal(Relays[0], choice.Order[0]);
    }

    [Fact]
    public void A_relay_that_is_nearer_by_more_than_a_third_takes_over()
    {
        var choice = new HomeRelayChoice(Relays);
        choice.Update(Latencies(90, 100, 100));

        Assert.True(choice.Update(Latencies(90, 50, 100)));
        Assert.Equal(Relays[1], choice.Order[0]);
    }

    [Fact]
    public void One_slow_answer_of_home_moves_nothing()
    {
        var choice = new HomeRelayChoice(Relays);
        choice.Update(Latencies(20, 30, 40));

        Assert.False(choice.Update(Latencies(500, 30, 40)));
    }

    [Fact]
    public void One_missed_answer_is_forgiven_and_two_are_not()
    {
        var choice = new HomeRelayChoice(Relays);
        choice.Update(Latencies(20, 60, 70));

        Assert.False(choice.Update(Latencies(null, 60, 70)));
        Assert.True(choice.Update(Latencies(null, 60, 70)));
        Assert.Equal(Relays[1], choice.Order[0]);
    }

    [Fact]
    public void While_no_relay_answers_home_stays()
    {
        var choice = new HomeRelayChoice(Relays);
        choice.Update(Latencies(50, 20, 60));

        for (var round = 0; round < 5; round++)
            Assert.False(choice.Update(Latencies(null, null, null)));
        Assert.Equal(Relays[1], choice.Order[0]);
    }

    private static TimeSpan?[] Latencies(params int?[] milliseconds) => [.. milliseconds.Select(static time => time is { } known ? TimeSpan.FromMilliseconds(known) : (TimeSpan?)null)];
}
