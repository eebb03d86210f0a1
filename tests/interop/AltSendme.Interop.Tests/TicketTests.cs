using System.Net;
using System.Text.Json;
using AltSendme.Abstractions;
using AltSendme.Blobs;
using AltSendme.Core.Tickets;
using AltSendme.Interop.Tests.Peers;
using AltSendme.Primitives.Cryptography;

namespace AltSendme.Interop.Tests;

public sealed class TicketTests(TicketTests.Peer peer) : IClassFixture<TicketTests.Peer>
{
    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 25)];

    [PeerTheory, MemberData(nameof(Seeds))]
    public async Task Iroh_reads_in_our_ticket_what_we_wrote(int seed)
    {
        var ticket = AnyTicket(new Random(seed));

        var read = await peer.AskAsync(new { op = "read", ticket = ticket.ToString() });

        Assert.Equal(FieldsOf(ticket), FieldsOf(read));
    }

    [PeerTheory, MemberData(nameof(Seeds))]
    public async Task Iroh_reads_past_our_extension_block(int seed)
    {
        var random = new Random(seed);
        var plain = AnyTicket(random);
        Assert.True(EndpointAddress.TryParse($"custom:{seed}_beef", out var custom));
        var extended = plain with
        {
            Addresses = [.. plain.Addresses, custom],
            Expires = DateTimeOffset.FromUnixTimeSeconds(random.Next()),
            IsOneTime = random.Next(2) == 0,
        };

        var read = await peer.AskAsync(new { op = "read", ticket = extended.ToString() });

        Assert.StartsWith(plain.ToString()[..^1], extended.ToString(), StringComparison.Ordinal);
        Assert.Equal(FieldsOf(plain), FieldsOf(read));
    }

    [PeerTheory, MemberData(nameof(Seeds))]
    public async Task We_read_in_a_ticket_of_iroh_what_it_wrote(int seed)
    {
        var fields = FieldsOf(AnyTicket(new Random(seed)));

        var written = await peer.AskAsync(new { op = "write", nodeId = fields.Id, relayUrl = fields.Relay, addresses = fields.AddressList, format = fields.Format, hash = fields.Hash });

        Assert.True(written.GetProperty("ok").GetBoolean(), written.ToString());
        Assert.Equal(fields, FieldsOf(BlobTicket.Parse(written.GetProperty("ticket").GetString())));
    }

    [PeerTheory, MemberData(nameof(Seeds))]
    public async Task Iroh_and_we_write_the_same_ticket_letter_by_letter(int seed)
    {
        var ticket = AnyTicket(new Random(seed)) with { RelayUrl = null };
        var fields = FieldsOf(ticket);

        var written = await peer.AskAsync(new { op = "write", nodeId = fields.Id, addresses = fields.AddressList, format = fields.Format, hash = fields.Hash });

        Assert.Equal(ticket.ToString(), written.GetProperty("ticket").GetString());
    }

    private static BlobTicket AnyTicket(Random random)
    {
        var (secret, id, hash) = (new byte[Ed25519.SecretKeyLength], new byte[EndpointId.Length], new byte[Hash.Length]);
        random.NextBytes(secret);
        random.NextBytes(hash);
        Ed25519.DerivePublicKey(secret, id);
        return new BlobTicket
        {
            Endpoint = new EndpointId(id),
            Root = new Hash(hash),
            Format = random.Next(2) == 0 ? BlobFormat.Raw : BlobFormat.HashSequence,
            RelayUrl = random.Next(3) switch { 0 => new Uri("https://relay.example.com./"), 1 => new Uri("http://127.0.0.1:3340/"), _ => null },
            Addresses = [.. Enumerable.Range(0, random.Next(6)).Select(_ => AnyAddress(random))],
        };
    }

    private static EndpointAddress AnyAddress(Random random)
    {
        var bytes = new byte[random.Next(2) == 0 ? 4 : 16];
        random.NextBytes(bytes);
        return EndpointAddress.FromIp(new IPEndPoint(new IPAddress(bytes), random.Next(1, 65536)));
    }

    private static TicketFields FieldsOf(BlobTicket ticket) => new(
        ticket.Endpoint.ToString(),
        ticket.RelayUrl?.AbsoluteUri,
        string.Join(' ', ticket.Addresses.Select(address => address.TryGetIp(out var endPoint) ? endPoint.ToString() : address.ToString())),
        ticket.Format == BlobFormat.Raw ? "Raw" : "HashSeq",
        ticket.Root.ToString());

    private static TicketFields FieldsOf(JsonElement read)
    {
        Assert.True(read.GetProperty("ok").GetBoolean(), read.ToString());
        return new(
            read.GetProperty("nodeId").GetString()!,
            read.GetProperty("relayUrl").GetString(),
            string.Join(' ', read.GetProperty("addresses").EnumerateArray().Select(address => IPEndPoint.Parse(address.GetString()!))),
            read.GetProperty("format").GetString()!,
            read.GetProperty("hash").GetString()!);
    }

    public sealed class Peer() : SharedPeer("tests/interop/peers/tickets.mjs");

    private sealed record TicketFields(string Id, string? Relay, string Addresses, string Format, string Hash)
    {
        public string[] AddressList => Addresses.Split(' ', StringSplitOptions.RemoveEmptyEntries);
    }
}
