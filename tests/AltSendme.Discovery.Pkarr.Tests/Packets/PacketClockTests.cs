using AltSendme.Discovery.Pkarr.Packets;
using AltSendme.TestKit;

namespace AltSendme.Discovery.Pkarr.Tests.Packets;

public sealed class PacketClockTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly VirtualTime _time = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Each_timestamp_is_above_the_one_before_even_while_the_clock_stands()
    {
        var clock = new PacketClock(_time, null);
        var first = clock.Next();

        Assert.Equal((ulong)(_time.GetUtcNow() - DateTimeOffset.UnixEpoch).TotalMicroseconds, first);
        Assert.Equal(first + 1, clock.Next());
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(first + 1_000_000, clock.Next());
    }

    [Fact]
    public void After_a_newer_packet_was_seen_the_next_is_newer_still()
    {
        var clock = new PacketClock(_time, null);

        clock.Observe(ulong.MaxValue - 10);
        Assert.Equal(ulong.MaxValue - 9, clock.Next());
        clock.Observe(ulong.MaxValue);
        Assert.Equal(ulong.MaxValue - 8, clock.Next());
    }

    [Fact]
    public void A_lasting_identity_goes_on_above_its_last_timestamp_though_the_clock_was_set_back()
    {
        _time.Advance(TimeSpan.FromDays(1));
        var last = new PacketClock(_time, _folder.At("id")).Next();

        Assert.Equal(last + 1, new PacketClock(new VirtualTime(), _folder.At("id")).Next());
    }

    [Theory]
    [InlineData("")]
    [InlineData("yesterday")]
    [InlineData("-1")]
    [InlineData("18446744073709551615")]
    [InlineData("99999999999999999999999999999999999999")]
    public void A_file_that_makes_no_sense_counts_as_none(string content)
    {
        _folder.Write("id", content);

        Assert.Equal(new PacketClock(_time, null).Next(), new PacketClock(_time, _folder.At("id")).Next());
    }

    [Fact]
    public void A_folder_that_can_not_be_written_to_is_no_reason_to_stay_silent() => Assert.NotEqual(0ul, new PacketClock(_time, _folder.At("missing", "folder", "id") + "/x").Next());
}
