using System.Net;
using System.Security.Cryptography;
using System.Threading.Channels;
using AltSendme.Abstractions;
using AltSendme.Quic.Paths;
using AltSendme.Transports.Iroh.Sockets;

namespace AltSendme.Transports.Iroh.Disco;

/// <summary>
/// Answers and asks with discovery messages. An iroh endpoint up to 0.3x takes QUIC only from addresses of which it has seen a ping; later ones ignore these messages. Between our own endpoints they open
/// firewalls: who is reached by relay asks the other side to ping, and learns from the pings where it is. Owns one loop, off the endpoint's thread.
/// </summary>
internal sealed class DiscoExchange : IAsyncDisposable
{
    private readonly IEndpointIdentity _identity;
    private readonly EndpointSocket _socket;
    private readonly RelayPaths _relays;
    private readonly DiscoPeers _peers;
    private readonly TimeProvider _time;
    private readonly PongWait _pongs = new();
    private readonly EarlyCalls _early = new();
    private readonly Channel<(NetworkPath Path, byte[] Datagram)> _inbox = Channel.CreateBounded<(NetworkPath, byte[])>(
        new BoundedChannelOptions(TransportLimits.DiscoInbox) { SingleReader = true, FullMode = BoundedChannelFullMode.DropWrite });

    private readonly Task _running;

    /// <summary>Begins to listen on a socket.</summary>
    public DiscoExchange(IEndpointIdentity identity, EndpointSocket socket, RelayPaths relays, TimeProvider time)
    {
        _identity = identity;
        _socket = socket;
        _relays = relays;
        _time = time;
        _peers = new DiscoPeers(identity, time);
        socket.OnDisco = (path, datagram) => _inbox.Writer.TryWrite((path, datagram));
        _running = Task.Run(RunAsync);
    }

    /// <summary>Whether a peer may have us ping addresses that it names: it has a connection with us.</summary>
    public Func<EndpointId, bool> IsConnected { get; set; } = static _ => false;

    /// <summary>The addresses that such a peer is told in return.</summary>
    public Func<IReadOnlyList<IPEndPoint>> OwnAddresses { get; set; } = static () => [];

    /// <summary>Told when a peer was heard at an address of the network: by a ping of its own, or by its answer.</summary>
    public Action<EndpointId, NetworkAddress>? OnHeard { get; set; }

    /// <summary>Pings a peer at an address.</summary>
    public void Ping(EndpointId peer, in NetworkAddress address)
    {
        if (_peers.Of(peer) is { } box)
            Ping(peer, box, new NetworkPath(default, address));
    }

    /// <summary>Asks a peer behind a relay to ping us at our addresses.</summary>
    public void CallMeMaybe(EndpointId peer, in NetworkAddress relayed)
    {
        var addresses = OwnAddresses();
        if (addresses.Count > 0 && _peers.Of(peer) is { } box)
            Send(box, DiscoMessage.CallMeMaybe(addresses), new NetworkPath(default, relayed));
    }

    /// <summary>A peer has a connection with us from here on: what it asked for too early is answered now.</summary>
    public void OnConnected(EndpointId peer)
    {
        if (_early.TryTake(peer, out var path, out var bytes) && _peers.Of(peer) is { } box && DiscoMessage.TryRead(bytes, out var call))
            Answer(peer, box, call, path);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _socket.OnDisco = null;
        _inbox.Writer.TryComplete();
        await _running;
    }

    private async Task RunAsync()
    {
        await foreach (var (path, datagram) in _inbox.Reader.ReadAllAsync())
            Take(path, datagram);
    }

    private void Take(in NetworkPath path, byte[] datagram)
    {
        var sender = DiscoBox.SenderOf(datagram);
        if (_peers.OfStranger(sender) is not { } box || !box.TryOpen(datagram, out var bytes) || !DiscoMessage.TryRead(bytes, out var message))
            return;

        // The tag proves the sender's key, and a relay tells who it is: both must agree.
        var isRelayed = _relays.TryFind(path.Remote, out var relay, out var relayedPeer);
        if (isRelayed && relayedPeer != sender)
            return;
        switch (message.Kind)
        {
            case DiscoMessageKind.Ping:
                Send(box, isRelayed ? DiscoMessage.RelayedPong(message.Transaction) : DiscoMessage.Pong(message.Transaction, ToEndPoint(path.Remote)), path, relay);
                if (!isRelayed)
                    OnHeard?.Invoke(sender, path.Remote);
                break;
            case DiscoMessageKind.Pong when _pongs.Take(message.Transaction, sender) && !isRelayed:
                OnHeard?.Invoke(sender, path.Remote);
                break;
            case DiscoMessageKind.CallMeMaybe when isRelayed && IsConnected(sender):
                Answer(sender, box, message, path);
                break;
            case DiscoMessageKind.CallMeMaybe when isRelayed:
                _early.Keep(sender, path, bytes.ToArray());

                // It may have connected between the two looks.
                if (IsConnected(sender))
                    OnConnected(sender);
                break;
        }
    }

    // The caller is told our addresses as well, and pings from here open our firewall for it; once in a while, so that two sides do not call each other for ever.
    private void Answer(EndpointId sender, DiscoBox box, in DiscoMessage call, in NetworkPath path)
    {
        foreach (var address in call.Addresses)
        {
            if (address.Port != 0 && !address.Address.IsIPv6Multicast && !IsIPv4Multicast(address.Address))
                Ping(sender, box, new NetworkPath(default, NetworkAddress.From(address.Address, address.Port)));
        }

        if (_peers.MayCall(sender, _time.GetTimestamp()))
            CallMeMaybe(sender, path.Remote);
    }

    private void Ping(EndpointId peer, DiscoBox box, in NetworkPath path)
    {
        Span<byte> random = stackalloc byte[12];
        RandomNumberGenerator.Fill(random);
        var transaction = ((UInt128)BitConverter.ToUInt64(random) << 32) | BitConverter.ToUInt32(random[8..]);
        _pongs.Add(transaction, peer);
        Send(box, DiscoMessage.Ping(transaction), path);
    }

    private void Send(DiscoBox box, in DiscoMessage message, in NetworkPath path, Uri? relay = null)
    {
        Span<byte> buffer = stackalloc byte[DiscoMessage.MaxLength];
        var length = message.Write(buffer, _identity.Id, relay);
        _socket.Post(path, box.Seal(_identity.Id, buffer[..length]));
    }

    private static bool IsIPv4Multicast(IPAddress address) => address.AddressFamily == System.Net.Sockets.AddressFamily.InterNetwork && address.GetAddressBytes()[0] >= 224;

    private static IPEndPoint ToEndPoint(in NetworkAddress address) => new(address.ToIPAddress() ?? IPAddress.None, address.Port);
}
