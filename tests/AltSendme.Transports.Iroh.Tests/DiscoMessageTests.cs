using System.Net;
using AltSendme.Abstractions;
using AltSendme.Transports.Iroh.Disco;

namespace AltSendme.Transports.Iroh.Tests;

public sealed class DiscoMessageTests
{
    private const string NodeKey = "bef341682566af4bf31645c8a76b183fd88c782b0470103e759b2dd748af28bd";
    private static readonly UInt128 Transaction = ((UInt128)0x0102030405060708 << 32) | 0x090a0b0c;

    /// <summary>The bytes are those that iroh 0.35 writes for the same messages.</summary>
    public static TheoryData<string, string> Written => new()
    {
        { "ping", "01000102030405060708090a0b0c" + NodeKey },
        { "pong", "02000102030405060708090a0b0c0000000000000000000000ffff02030405d204" },
        { "pong over IPv6", "02000102030405060708090a0b0c00fed000000000000000000000000000120a1a" },
        { "nothing to call", "0300" },
        { "call me", "030000000000000000000000ffff01020304370220010000000000000000000000003456" + "1503" },
    };

    [Theory, MemberData(nameof(Written))]
    public void Messages_are_written_and_read_as_iroh_does(string name, string expected)
    {
        var message = name switch
        {
            "ping" => DiscoMessage.Ping(Transaction),
            "pong" => DiscoMessage.Pong(Transaction, IPEndPoint.Parse("2.3.4.5:1234")),
            "pong over IPv6" => DiscoMessage.Pong(Transaction, IPEndPoint.Parse("[fed0::12]:6666")),
            "call me" => DiscoMessage.CallMeMaybe([IPEndPoint.Parse("1.2.3.4:567"), IPEndPoint.Parse("[2001::3456]:789")]),
            _ => DiscoMessage.CallMeMaybe([]),
        };
        var buffer = new byte[DiscoMessage.MaxLength];
        Assert.True(EndpointId.TryParse(NodeKey, out var own));

        var length = message.Write(buffer, own);

        Assert.Equal(expected, Convert.ToHexStringLower(buffer.AsSpan(0, length)));
        Assert.True(DiscoMessage.TryRead(buffer.AsSpan(0, length), out var read));
        Assert.Equal(message.Kind, read.Kind);
        Assert.Equal(message.Transaction, read.Transaction);
        Assert.Equal(message.Addresses, read.Addresses);
    }

    [Fact]
    public void A_relayed_pong_names_the_relay_and_no_address()
    {
        var buffer = new byte[DiscoMessage.MaxLength];

        var length = DiscoMessage.RelayedPong(Transaction).Write(buffer, default, new Uri("https://relay.example/"));

        Assert.EndsWith("https://relay.example/", System.Text.Encoding.UTF8.GetString(buffer.AsSpan(0, length)), StringComparison.Ordinal);
        Assert.True(DiscoMessage.TryRead(buffer.AsSpan(0, length), out var read));
        Assert.Empty(read.Addresses);
    }

    [Theory]
    [InlineData(11)]
    [InlineData(12)]
    public void Whatever_arrives_is_read_or_refused(int seed)
    {
        var random = new Random(seed);
        var buffer = new byte[DiscoMessage.MaxLength + 8];
        for (var i = 0; i < 50_000; i++)
        {
            var bytes = buffer.AsSpan(0, random.Next(buffer.Length));
            random.NextBytes(bytes);
            if (bytes.Length > 1 && random.Next(4) > 0)
                (bytes[0], bytes[1]) = ((byte)random.Next(5), 0);

            if (DiscoMessage.TryRead(bytes, out var message))
                Assert.True(message.Addresses.Count <= DiscoMessage.MaxAddresses);
        }
    }
}
