using System.Text.Json;
using AltSendme.Abstractions;
using AltSendme.Discovery.Pkarr.Packets;
using AltSendme.Dns;
using AltSendme.Primitives.Encoding;
using AltSendme.TestKit;

namespace AltSendme.Discovery.Pkarr.Tests.Packets;

public sealed class SignedPacketTests
{
    private static readonly SeededIdentity Alice = new(1);
    private static readonly DateTimeOffset Now = DateTimeOffset.UnixEpoch.AddDays(20_000);

    private static readonly JsonElement Golden = JsonDocument.Parse(typeof(SignedPacketTests).Assembly.GetManifestResourceStream("pkarr.json")!).RootElement;

    public static TheoryData<int> Packets => [.. Enumerable.Range(0, Golden.GetArrayLength())];

    [Theory]
    [MemberData(nameof(Packets))]
    public void A_packet_of_another_implementation_is_read(int index)
    {
        var golden = Golden[index];
        var id = new EndpointId(Convert.FromHexString(golden.GetProperty("id").GetString()!));

        Assert.True(SignedPacket.TryRead(id, Payload(golden), out var packet, out var fault), $"{fault}");

        Assert.Equal(golden.GetProperty("timestamp").GetString(), $"{packet.Timestamp}");
        Assert.Equal(golden.GetProperty("zBase32").GetString(), ZBase32.Encode(id.ToArray()));
        var texts = golden.GetProperty("texts").EnumerateArray().Select(static text => text.GetString()!.Split('=')[1]);
        Assert.Equal(texts, EndpointRecord.Candidates(id, packet, Now).Select(static candidate => candidate.Address.Text));
    }

    [Theory]
    [MemberData(nameof(Packets))]
    public void The_same_words_at_the_same_time_give_the_same_bytes_as_another_implementation(int index)
    {
        var golden = Golden[index];
        var identity = new SeededIdentity(Convert.FromHexString(golden.GetProperty("seed").GetString()!));
        var addresses = golden.GetProperty("texts").EnumerateArray().Select(static text => Address(text.GetString()!));

        var packet = EndpointRecord.Sign(identity, ulong.Parse(golden.GetProperty("timestamp").GetString()!, System.Globalization.CultureInfo.InvariantCulture), [.. addresses]);

        Assert.Equal(Convert.ToHexStringLower(Payload(golden)), Convert.ToHexStringLower(packet.Payload.Span));
    }

    [Fact]
    public void What_is_signed_has_the_form_of_bep_44() => Assert.Equal("3:seqi1700e1:v2:hi"u8.ToArray(), SignedPacket.Signable(1700, "hi"u8));

    [Fact]
    public void Any_addresses_come_back_in_their_order_as_far_as_they_fit() => Seeds.Run(200, static random =>
    {
        var identity = new SeededIdentity(random.Bytes(32));
        EndpointAddress[] addresses =
        [
            .. Enumerable.Range(0, random.Next(3)).Select(number => EndpointAddress.FromRelay(new Uri($"https://relay-{number}.{new string('x', random.Next(1, 60))}.example/"))),
            .. Enumerable.Range(0, random.Next(60)).Select(number => EndpointAddress.FromIp(new System.Net.IPEndPoint(new System.Net.IPAddress(random.Bytes(random.Next(2) == 0 ? 4 : 16)), number + 1))),
        ];

        var timestamp = (ulong)random.NextInt64();
        var signed = EndpointRecord.Sign(identity, timestamp, addresses);
        Assert.True(SignedPacket.TryRead(identity.Id, signed.Payload.Span, out var read, out _));

        Assert.InRange(signed.Payload.Length, 72, SignedPacket.MaxPayloadLength);
        var candidates = EndpointRecord.Candidates(identity.Id, read, Now).Select(static candidate => candidate.Address).ToArray();
        Assert.Equal(timestamp, read.Timestamp);
        Assert.Equal(addresses[..candidates.Length], candidates);
        Assert.True(candidates.Length == addresses.Length || signed.Payload.Length > SignedPacket.MaxPayloadLength - 80, "An address was left out that would have fitted.");
    });

    [Fact]
    public void A_packet_in_which_anything_is_changed_is_refused()
    {
        var payload = Sample().Payload.ToArray();
        for (var bit = 0; bit < payload.Length * 8; bit++)
        {
            payload[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.False(SignedPacket.TryRead(Alice.Id, payload, out _, out var fault));
            Assert.Equal(PacketFault.Signature, fault);
            payload[bit / 8] ^= (byte)(1 << (bit % 8));
        }
    }

    [Fact]
    public void Every_beginning_of_a_packet_and_every_longer_one_is_refused()
    {
        var payload = Sample().Payload.ToArray();
        for (var length = 0; length < payload.Length; length++)
            Assert.False(SignedPacket.TryRead(Alice.Id, payload.AsSpan(0, length), out _, out _));

        Assert.False(SignedPacket.TryRead(Alice.Id, [.. payload, 0], out _, out _));
        Assert.False(SignedPacket.TryRead(Alice.Id, new byte[SignedPacket.MaxPayloadLength + 1], out _, out var fault));
        Assert.Equal(PacketFault.TooLong, fault);
    }

    [Fact]
    public void A_packet_of_somebody_else_is_refused()
    {
        Assert.False(SignedPacket.TryRead(new SeededIdentity(2).Id, Sample().Payload.Span, out _, out var fault));
        Assert.Equal(PacketFault.Signature, fault);
    }

    [Fact]
    public void Signed_bytes_that_are_no_message_are_refused() => Seeds.Run(2_000, static random =>
    {
        // Whatever an endpoint signs, reading it ends with an answer: half of it is noise, half a message with noise in it.
        var noise = random.Bytes(random.Next(200));
        byte[] message = random.Next(2) == 0 ? noise : Sample().Payload.Span[72..].ToArray();
        for (var i = random.Next(8); i > 0 && message.Length > 0; i--)
            message[random.Next(message.Length)] = (byte)random.Next(256);
        var payload = new byte[72 + message.Length];
        message.CopyTo(payload, 72);
        Alice.Sign(SignedPacket.Signable(0, message), payload.AsSpan(0, 64));

        if (SignedPacket.TryRead(Alice.Id, payload, out var packet, out var fault))
            Assert.InRange(EndpointRecord.Candidates(Alice.Id, packet, Now).Count(), 0, 80);
        else
            Assert.Equal(PacketFault.Message, fault);
    });

    [Fact]
    public void Candidates_say_how_old_they_are_and_how_long_they_hold()
    {
        var signed = EndpointRecord.Sign(Alice, Microseconds(Now.AddSeconds(-90)), [Address("relay=https://relay.example/")]);

        var candidate = Assert.Single(EndpointRecord.Candidates(Alice.Id, signed, Now));

        Assert.Equal((TimeSpan.FromSeconds(90), TimeSpan.FromSeconds(30)), (candidate.Age, candidate.TimeToLive));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(ulong.MaxValue)]
    public void A_timestamp_from_another_age_is_only_odd(ulong timestamp)
    {
        var signed = EndpointRecord.Sign(Alice, timestamp, [Address("relay=https://relay.example/")]);

        Assert.True(Assert.Single(EndpointRecord.Candidates(Alice.Id, signed, Now)).Age >= TimeSpan.Zero);
    }

    [Fact]
    public void Records_at_other_names_are_not_believed()
    {
        Assert.True(IrohEndpointInfo.TryMakeName(new SeededIdentity(2).Id.ToArray(), DnsName.Root, out var other));
        var message = new DnsMessage { Flags = DnsFlags.Response, Answers = [new DnsRecord(other, DnsType.Txt, 30, DnsTextData.Of("addr=192.0.2.1:4433"))] };
        Assert.True(SignedPacket.TrySign(Alice, 1, message, out var packet));

        Assert.Empty(EndpointRecord.Candidates(Alice.Id, packet, Now));
    }

    private static SignedPacket Sample() => EndpointRecord.Sign(Alice, 1, [Address("relay=https://relay.example/")]);

    private static ulong Microseconds(DateTimeOffset time) => (ulong)(time - DateTimeOffset.UnixEpoch).TotalMicroseconds;

    private static byte[] Payload(JsonElement golden) => Convert.FromHexString(golden.GetProperty("payload").GetString()!);

    private static EndpointAddress Address(string text)
    {
        Assert.True(EndpointAddress.TryCreate(text.StartsWith("relay=", StringComparison.Ordinal) ? EndpointAddress.RelayScheme : EndpointAddress.IpScheme, text.Split('=')[1], out var address));
        return address;
    }
}
