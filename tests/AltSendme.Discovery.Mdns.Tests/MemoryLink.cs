using System.Net;
using System.Net.Sockets;
using AltSendme.Discovery.Mdns.Links;
using AltSendme.Dns;

namespace AltSendme.Discovery.Mdns.Tests;

/// <summary>A link inside the test: what is sent is kept, what the test sends arrives.</summary>
internal sealed class MemoryLink : IMulticastLink
{
    public static readonly LinkPort First = new(2, AddressFamily.InterNetwork);
    public static readonly LinkPort Second = new(3, AddressFamily.InterNetworkV6);
    public static readonly IPEndPoint Neighbour = IPEndPoint.Parse("192.168.1.7:5353");

    private Action<LinkPacket> _onPacket = static _ => { };
    private Action<LinkPort> _onAppeared = static _ => { };

    public List<LinkPort> Links { get; } = [First];

    public List<(LinkPort Port, IPEndPoint? To, byte[] Bytes)> Sent { get; } = [];

    public bool IsDisposed { get; private set; }

    public IReadOnlyList<LinkPort> Ports => [.. Links];

    /// <summary>What was sent since the last call, as messages.</summary>
    public IReadOnlyList<DnsMessage> Take()
    {
        var messages = Sent.Select(static sent => DnsMessage.TryRead(sent.Bytes, out var message, out var fault) ? message : throw new InvalidOperationException(fault.ToString())).ToArray();
        Sent.Clear();
        return messages;
    }

    public void Start(Action<LinkPacket> onPacket, Action<LinkPort> onAppeared)
    {
        _onPacket = onPacket;
        _onAppeared = onAppeared;
    }

    public void Receive(byte[] bytes, IPEndPoint? source = null, LinkPort? port = null) => _onPacket(new LinkPacket(port ?? First, source ?? Neighbour, bytes));

    public void Receive(DnsMessage message, IPEndPoint? source = null, LinkPort? port = null) => Receive(message.ToArray(), source, port);

    public void Appear(LinkPort port)
    {
        Links.Add(port);
        _onAppeared(port);
    }

    public void Send(LinkPort port, ReadOnlySpan<byte> message) => Sent.Add((port, null, message.ToArray()));

    public void SendTo(LinkPort port, IPEndPoint destination, ReadOnlySpan<byte> message) => Sent.Add((port, destination, message.ToArray()));

    public ValueTask DisposeAsync()
    {
        IsDisposed = true;
        return ValueTask.CompletedTask;
    }
}
