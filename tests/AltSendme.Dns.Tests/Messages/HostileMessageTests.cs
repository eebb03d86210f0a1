using System.Buffers.Binary;
using AltSendme.TestKit;
using FsCheck;
using FsCheck.Fluent;

namespace AltSendme.Dns.Tests.Messages;

/// <summary>Whatever arrives, there is a message or a reason, soon and without an exception.</summary>
public sealed class HostileMessageTests
{
    private const string Header = "123481800001000100000000";
    private const string Question = "0161 00 0010 0001";

    [Theory]
    [InlineData("", DnsFault.Truncated)]
    [InlineData("1234818000000000000000", DnsFault.Truncated)]
    [InlineData(Header, DnsFault.Truncated)]
    [InlineData(Header + "c00c 0010 0001", DnsFault.LoopingName)]
    [InlineData(Header + "0161 c00c 0010 0001", DnsFault.LoopingName)]
    [InlineData(Header + "c010 0010 0161 00", DnsFault.LoopingName)]
    [InlineData(Header + Question + "c015 c013 0010 0001", DnsFault.LoopingName)]
    [InlineData(Header + Question + "ffff 0010 0001", DnsFault.LoopingName)]
    [InlineData(Header + Question + "c0", DnsFault.Truncated)]
    [InlineData(Header + "4161 00 0010 0001", DnsFault.BadLabel)]
    [InlineData(Header + "8161 00 0010 0001", DnsFault.BadLabel)]
    [InlineData(Header + "3f61 00 0010 0001", DnsFault.Truncated)]
    [InlineData(Header + Question + "c00c 0010 0001 0000001e 0005 0461626364", DnsFault.None)]
    [InlineData(Header + Question + "c00c 0010 0001 0000001e 0005 0561626364", DnsFault.BadData)]
    [InlineData(Header + Question + "c00c 0010 0001 0000001e 0006 0461626364", DnsFault.Truncated)]
    [InlineData(Header + Question + "c00c 0010 0001 0000001e ffff 0461626364", DnsFault.Truncated)]
    [InlineData(Header + Question + "c00c 0001 0001 0000001e 0005 0102030405", DnsFault.BadData)]
    [InlineData(Header + Question + "c00c 0001 0001 0000001e 0003 010203", DnsFault.BadData)]
    [InlineData(Header + Question + "c00c 001c 0001 0000001e 0004 01020304", DnsFault.BadData)]
    [InlineData(Header + Question + "c00c 000c 0001 0000001e 0003 c00c00", DnsFault.BadData)]
    [InlineData(Header + Question + "c00c 000c 0001 0000001e 0001 c00c", DnsFault.BadData)]
    [InlineData(Header + Question + "c00c 0021 0001 0000001e 0006 000000000050", DnsFault.Truncated)]
    [InlineData(Header + Question + "c00c 002f 0001 0000001e 0004 c00c0000", DnsFault.None)]
    [InlineData(Header + Question + "c00c 002f 0001 0000001e 0008 c00c0101800001 80", DnsFault.None)]
    public void A_broken_message_has_a_reason(string hex, DnsFault expected)
    {
        var read = DnsMessage.TryRead(Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal)), out _, out var fault);

        Assert.Equal(expected, fault);
        Assert.Equal(expected == DnsFault.None, read);
    }

    [Fact]
    public void A_name_that_grows_through_pointers_ends_at_255_bytes()
    {
        // Each label of 63 bytes points to the one before it.
        var bytes = new List<byte>(Convert.FromHexString("123481800005000000000000"));
        var previous = -1;
        for (var i = 0; i < 5; i++)
        {
            var start = bytes.Count;
            bytes.AddRange([63, .. new byte[63]]);
            bytes.AddRange(previous < 0 ? [0] : [(byte)(0xC0 | (previous >> 8)), (byte)previous]);
            bytes.AddRange([0, 16, 0, 1]);
            previous = start;
        }

        Assert.False(DnsMessage.TryRead(bytes.ToArray(), out _, out var fault));
        Assert.Equal(DnsFault.NameTooLong, fault);
    }

    [Fact]
    public void A_long_chain_of_pointers_is_not_followed()
    {
        // Question 1 is the root, and every pointer leads to the one two bytes before it.
        var bytes = new byte[DnsMessage.MaxLength];
        Convert.FromHexString("1234818003ff000000000000").CopyTo(bytes.AsSpan());
        for (var at = 18; at < 0x3000; at += 2)
            BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(at), (ushort)(0xC000 | (at - 2)));

        Assert.False(DnsMessage.TryRead(bytes, out _, out _));
    }

    [Fact]
    public void Counts_that_nothing_stands_behind_cost_nothing()
    {
        Assert.False(DnsMessage.TryRead(Convert.FromHexString("12348180ffffffffffffffff"), out _, out var fault));
        Assert.Equal(DnsFault.TooManyRecords, fault);
        Assert.False(DnsMessage.TryRead(new byte[DnsMessage.MaxLength + 1], out _, out fault));
        Assert.Equal(DnsFault.TooLong, fault);
    }

    [Fact]
    public void A_hundred_answers_are_read()
    {
        var name = DnsName.Parse("_iroh.example");
        var message = new DnsMessage { Answers = [.. Enumerable.Range(0, 100).Select(i => new DnsRecord(name, DnsType.Txt, 30, DnsTextData.Of($"addr=192.0.2.{i}:1")))] };

        Assert.True(DnsMessage.TryRead(message.ToArray(), out var read, out _));

        Assert.Equal(100, read.Answers.Count);
        Assert.Equal(IrohEndpointInfo.MaxAddresses, IrohEndpointInfo.FromAnswers(read.Answers, name).Addresses.Count);
    }

    [Fact]
    public void A_TTL_of_more_than_31_bits_counts_as_none()
    {
        var bytes = new DnsMessage { Answers = [new DnsRecord(DnsName.Parse("a"), DnsType.Txt, uint.MaxValue, DnsTextData.Of("x"))] }.ToArray();

        Assert.True(DnsMessage.TryRead(bytes, out var read, out _));
        Assert.Equal(0u, Assert.Single(read.Answers).Ttl);
    }

    [Fact]
    public void Arbitrary_bytes_never_throw() =>
        Prop.ForAll<byte[]>(static bytes => DnsMessage.TryRead(bytes, out var message, out var fault) == (fault == DnsFault.None) && (message is null) == (fault != DnsFault.None)).QuickCheckThrowOnFailure();

    [Fact]
    public void Messages_with_bytes_changed_never_throw_and_what_is_read_can_be_written() => Seeds.Run(2_000, static random =>
    {
        var bytes = RandomMessages.Next(random).ToArray();
        for (var changes = random.Next(1, 8); changes > 0; changes--)
            bytes[random.Next(bytes.Length)] = (byte)(random.Next(3) == 0 ? 0xC0 : random.Next());
        var part = bytes.AsSpan(0, random.Next(4) == 0 ? random.Next(bytes.Length) : bytes.Length);

        if (!DnsMessage.TryRead(part, out var message, out var fault))
        {
            Assert.NotEqual(DnsFault.None, fault);
            return;
        }

        // A pointer in data that is kept as bytes may lead elsewhere when it is written again.
        if (message.Answers.Any(static record => record is { Type: DnsType.Nsec, Data: DnsRawData }))
            return;
        Assert.True(DnsMessage.TryRead(message.ToArray(), out var again, out _));
        Assert.Equal(message.Answers, again.Answers);
    });
}
