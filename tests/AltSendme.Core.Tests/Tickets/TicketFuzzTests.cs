using System.Net;
using AltSendme.Abstractions;
using AltSendme.Core.Identity;
using AltSendme.Core.Tickets;
using AltSendme.Primitives.Encoding;
using AltSendme.TestKit;

namespace AltSendme.Core.Tests.Tickets;

/// <summary>Random tickets survive; damaged ones are read or refused, and never throw. One entry for any fuzzer: <see cref="Check"/>.</summary>
public sealed class TicketFuzzTests
{
    [Fact]
    public void Every_ticket_survives() =>
        Seeds.Run(150, random =>
        {
            var ticket = Any(random);
            Assert.Equal(ticket, BlobTicket.Parse(ticket.ToString()));
        });

    [Fact]
    public void Damaged_text_is_read_or_refused() =>
        Seeds.Run(150, random =>
        {
            var text = Any(random).ToString().ToCharArray();
            for (var i = random.Next(1, 4); i > 0; i--)
                text[random.Next(text.Length)] = (char)(random.Next(2) == 0 ? random.Next('0', '{') : random.Next(char.MaxValue));
            Check(text);
        });

    [Fact]
    public void Damaged_content_is_read_or_refused() =>
        Seeds.Run(300, random =>
        {
            Assert.True(Base32.TryDecode(Any(random).ToString().AsSpan(4), out var bytes));
            for (var i = random.Next(1, 4); i > 0; i--)
            {
                // Not the id: nearly every change there makes it no key, and nothing else would be reached.
                var at = random.Next(bytes.Length);
                if (at is 0 or > EndpointId.Length)
                    bytes[at] = (byte)random.Next(256);
            }

            byte[] content = random.Next(4) switch
            {
                0 => bytes[..random.Next(bytes.Length + 1)],
                1 => [.. bytes, .. random.Bytes(random.Next(20))],
                _ => bytes,
            };
            Check("blob" + Base32.Encode(content));
        });

    [Fact]
    public void Noise_is_refused() =>
        Seeds.Run(300, random => Check("blob" + Base32.Encode(random.Bytes(random.Next(200)))));

    /// <summary>Whatever is accepted is written in a way that is read as the same; whatever is refused has a reason.</summary>
    private static void Check(ReadOnlySpan<char> text)
    {
        if (BlobTicket.TryParse(text, out var ticket, out var fault))
            Assert.Equal(ticket, BlobTicket.Parse(ticket.ToString()));
        else
            Assert.StartsWith("ticket.", fault.Code, StringComparison.Ordinal);
    }

    private static BlobTicket Any(Random random)
    {
        using var key = EndpointKey.FromSeed(random.Bytes(EndpointKey.SeedLength));
        return new BlobTicket
        {
            Endpoint = key.Id,
            Root = new Blobs.Hash(random.Bytes(32)),
            Format = (BlobFormat)random.Next(2),
            RelayUrl = random.Next(2) == 0 ? null : new Uri($"http{(random.Next(2) == 0 ? "" : "s")}://relay{random.Next(100)}.example{(random.Next(2) == 0 ? "" : ".")}:{random.Next(1, 65_536)}/{random.Next(9)}"),
            Addresses = [.. Enumerable.Range(0, random.Next(12)).Select(_ => AnyAddress(random))],
            Expires = random.Next(2) == 0 ? null : DateTimeOffset.FromUnixTimeSeconds(random.NextInt64(DateTimeOffset.MaxValue.ToUnixTimeSeconds())),
            IsOneTime = random.Next(2) == 0,
        };
    }

    private static EndpointAddress AnyAddress(Random random) => random.Next(4) switch
    {
        0 => EndpointAddress.FromIp(new IPEndPoint(new IPAddress(random.Bytes(16)), random.Next(1, 65_536))),
        1 => Samples.Address($"custom:{random.Next():x}_{Convert.ToHexStringLower(random.Bytes(random.Next(40)))}"),
        _ => EndpointAddress.FromIp(new IPEndPoint(new IPAddress(random.Bytes(4)), random.Next(1, 65_536))),
    };
}
