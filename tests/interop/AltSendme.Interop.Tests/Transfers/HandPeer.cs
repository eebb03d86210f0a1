using System.Net;
using System.Text.Json;
using AltSendme.Abstractions;
using AltSendme.Core.Tickets;
using AltSendme.Interop.Tests.Peers;

namespace AltSendme.Interop.Tests.Transfers;

/// <summary>The real iroh 1.1 endpoint of <c>peers/hand.mjs</c>. Where a ticket names a relay it uses that one.</summary>
internal static class HandPeer
{
    /// <summary>An endpoint that is connected with whom the ticket names; the connection has number 0.</summary>
    public static async Task<PeerProcess> ConnectAsync(Scene scene, BlobTicket ticket, string alpn)
    {
        var peer = scene.Peer("hand.mjs");
        var relay = ticket.RelayUrl?.AbsoluteUri;
        await AskAsync(peer, new { op = "bind", relay });
        await AskAsync(peer, new { op = "connect", id = ticket.Endpoint.ToString(), relay, ports = PortsOf(ticket), alpn });
        return peer;
    }

    /// <summary>An endpoint that serves what the real sender of <paramref name="ticket"/> does, with a fault, and the ticket that leads to it.</summary>
    public static async Task<(PeerProcess Peer, BlobTicket Ticket)> ServeAsync(Scene scene, BlobTicket ticket, string? fault = null, long after = 0, object? preview = null)
    {
        var peer = scene.Peer("hand.mjs");
        var relay = ticket.RelayUrl?.AbsoluteUri;
        var bound = await AskAsync(peer, new { op = "bind", relay });
        var upstream = new { id = ticket.Endpoint.ToString(), relay, ports = PortsOf(ticket) };
        await AskAsync(peer, new { op = "serve", upstream, fault, after, preview });
        return (peer, ticket with
        {
            Endpoint = new EndpointId(Convert.FromHexString(bound.GetProperty("id").GetString()!)),
            Addresses = relay is null ? [EndpointAddress.FromIp(new IPEndPoint(IPAddress.Loopback, bound.GetProperty("port").GetInt32()))] : [],
        });
    }

    /// <summary>Asks, and fails where the peer did.</summary>
    public static async Task<JsonElement> AskAsync(PeerProcess peer, object request)
    {
        var answer = await peer.AskAsync(request);
        Assert.True(answer.GetProperty("ok").GetBoolean(), answer.ToString());
        return answer;
    }

    public static int[] PortsOf(BlobTicket ticket) => [.. ticket.Addresses.Select(static address => address.TryGetIp(out var endPoint) ? endPoint.Port : 0).Where(static port => port > 0)];
}
