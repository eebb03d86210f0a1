using AltSendme.Plugins.Testing;
using AltSendme.Transports.Iroh.Disco;

namespace AltSendme.Transports.Iroh.Tests;

public sealed class DiscoBoxTests
{
    private static readonly TestIdentity One = new(1);
    private static readonly TestIdentity Two = new(2);

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(31)]
    [InlineData(32)]
    [InlineData(33)]
    [InlineData(97)]
    [InlineData(1100)]
    public void What_one_seals_the_other_opens(int length)
    {
        var message = Enumerable.Range(0, length).Select(static i => (byte)i).ToArray();

        var datagram = DiscoBox.For(One, Two.Id)!.Seal(One.Id, message);

        Assert.True(DiscoBox.IsDisco(datagram));
        Assert.Equal(One.Id, DiscoBox.SenderOf(datagram));
        Assert.True(DiscoBox.For(Two, One.Id)!.TryOpen(datagram, out var opened));
        Assert.Equal(message, opened.ToArray());
    }

    [Fact]
    public void A_datagram_that_was_changed_anywhere_behind_its_sender_does_not_open()
    {
        var box = DiscoBox.For(Two, One.Id)!;
        var datagram = DiscoBox.For(One, Two.Id)!.Seal(One.Id, new byte[40]);
        for (var i = 38; i < datagram.Length; i++)
        {
            var changed = datagram.ToArray();
            changed[i] ^= 1;
            Assert.False(box.TryOpen(changed, out _));
        }
    }

    [Fact]
    public void Nobody_else_can_open_or_forge_one()
    {
        var datagram = DiscoBox.For(One, Two.Id)!.Seal(One.Id, new byte[40]);

        Assert.False(DiscoBox.For(new TestIdentity(3), One.Id)!.TryOpen(datagram.ToArray(), out _));
        Assert.False(DiscoBox.For(Two, new TestIdentity(3).Id)!.TryOpen(datagram.ToArray(), out _));
    }

    [Fact]
    public void An_id_that_is_no_key_has_no_box() => Assert.Null(DiscoBox.For(One, default));
}
