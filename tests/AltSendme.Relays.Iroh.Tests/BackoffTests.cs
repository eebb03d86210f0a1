namespace AltSendme.Relays.Iroh.Tests;

public sealed class BackoffTests
{
    [Fact]
    public void Pauses_double_up_to_half_a_minute()
    {
        var backoff = new Backoff(static () => 1);

        var pauses = Enumerable.Range(0, 9).Select(_ => backoff.Next().TotalMilliseconds);

        Assert.Equal([250, 500, 1000, 2000, 4000, 8000, 16_000, 30_000, 30_000], pauses);
    }

    [Fact]
    public void Chance_cuts_a_pause_by_up_to_a_half() => Assert.Equal(Backoff.First / 2, new Backoff(static () => 0).Next());

    [Fact]
    public void After_a_good_connection_pauses_begin_anew()
    {
        var backoff = new Backoff(static () => 1);
        backoff.Next();
        backoff.Next();

        backoff.Reset();

        Assert.Equal(Backoff.First, backoff.Next());
    }
}
