using AltSendme.TestKit;

namespace AltSendme.Dns.Tests.Messages;

public sealed class RoundTripTests
{
    [Fact]
    public void Every_message_reads_back_as_it_was_written() => Seeds.Run(1_000, static random =>
    {
        var message = RandomMessages.Next(random);

        Assert.True(DnsMessage.TryRead(message.ToArray(), out var read, out var fault), fault.ToString());

        Assert.Equal((message.Id, message.Flags, message.Opcode, message.ResponseCode), (read.Id, read.Flags, read.Opcode, read.ResponseCode));
        Assert.Equal(message.Questions, read.Questions);
        Assert.Equal(message.Answers, read.Answers);
        Assert.Equal(message.Authorities, read.Authorities);
        Assert.Equal(message.Additionals, read.Additionals);
    });

    [Fact]
    public void A_message_fits_exactly_into_its_own_size_and_into_no_less() => Seeds.Run(200, static random =>
    {
        var message = RandomMessages.Next(random);
        var bytes = message.ToArray();

        Assert.True(message.TryWrite(new byte[bytes.Length], out var length));
        Assert.Equal(bytes.Length, length);
        Assert.False(message.TryWrite(new byte[bytes.Length - 1], out length));
        Assert.Equal(0, length);
        Assert.False(message.TryWrite(new byte[random.Next(bytes.Length)], out _));
    });

    [Fact]
    public void Names_that_end_alike_are_written_once()
    {
        var zone = DnsName.Parse("_irohv1._udp.local");
        zone.TryPrepend("one"u8, out var one);
        zone.TryPrepend("two"u8, out var two);
        var message = new DnsMessage { Questions = [new(zone, DnsType.Ptr), new(one!, DnsType.Srv), new(two!, DnsType.Srv), new(two!, DnsType.Txt)] };

        Assert.Equal(12 + (20 + 4) + (4 + 2 + 4) + (4 + 2 + 4) + (2 + 4), message.ToArray().Length);
    }
}
