using AltSendme.Quic.Frames;
using AltSendme.Quic.Paths;

namespace AltSendme.Quic.Tests.Paths;

/// <summary>RFC 9000, section 13.4.2 and appendix A.4.</summary>
public sealed class EcnValidationTests
{
    private readonly EcnValidation _ecn = new(isEnabled: true);

    [Fact]
    public void Ten_packets_test_the_path_and_their_counts_make_it_capable()
    {
        Send(10);
        Assert.Equal(Ecn.NotCapable, _ecn.Mark);

        Assert.False(_ecn.OnAck(new EcnCounts(10, 0, 0), 10));

        Assert.Equal(Ecn.Ect0, _ecn.Mark);
    }

    [Fact]
    public void A_mark_tells_of_congestion_once()
    {
        Send(10);
        Assert.True(_ecn.OnAck(new EcnCounts(9, 0, 1), 10));

        Assert.False(_ecn.OnAck(new EcnCounts(12, 0, 1), 3));
        Assert.False(_ecn.OnAck(new EcnCounts(11, 0, 1), 0));
        Assert.True(_ecn.OnAck(new EcnCounts(12, 0, 2), 1));
    }

    [Theory]
    [InlineData(false, 0, 0, "no counts at all")]
    [InlineData(true, 4, 0, "fewer marks than packets that arrived")]
    [InlineData(true, 4, 1, "a mark that was never set")]
    public void Counts_that_cannot_be_true_end_the_use_of_marks(bool hasCounts, ulong ect0, ulong ect1, string why)
    {
        EcnCounts? counts = hasCounts ? new EcnCounts(ect0, ect1, 0) : null;
        Send(10);

        Assert.False(_ecn.OnAck(counts, 5), why);

        Assert.Equal(Ecn.NotCapable, _ecn.Mark);
        Assert.False(_ecn.OnAck(new EcnCounts(20, 0, 5), 5));
    }

    [Fact]
    public void A_path_that_loses_every_marked_packet_is_used_without_marks()
    {
        Send(10);

        for (var i = 0; i < 10; i++)
            _ecn.OnLost();

        Assert.False(_ecn.OnAck(new EcnCounts(10, 0, 0), 10));
        Assert.Equal(Ecn.NotCapable, _ecn.Mark);
    }

    private void Send(int packets)
    {
        for (var i = 0; i < packets; i++)
        {
            Assert.Equal(Ecn.Ect0, _ecn.Mark);
            _ecn.OnSent();
        }
    }
}
