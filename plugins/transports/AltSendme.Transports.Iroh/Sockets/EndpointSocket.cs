using System.Collections.Concurrent;
using AltSendme.Quic;
using AltSendme.Quic.Driver;
using AltSendme.Quic.Paths;
using AltSendme.Transports.Iroh.Disco;

namespace AltSendme.Transports.Iroh.Sockets;

/// <summary>
/// All that an endpoint's datagrams may take: a UDP socket, and relays behind addresses of kind <see cref="AddressKind.Opaque"/>. Discovery datagrams, which share the socket with QUIC, are sorted out here, and so is what comes from or goes to addresses that the host does not allow.
/// </summary>
internal sealed class EndpointSocket(IDatagramPath udp, RelayPaths relays, AddressGate gate) : IDatagramPath
{
    private readonly ConcurrentQueue<(NetworkPath Path, byte[] Datagram)> _waiting = new();

    /// <summary>Takes discovery datagrams, on the endpoint's thread; must not block.</summary>
    public Action<NetworkPath, byte[]>? OnDisco { get; set; }

    /// <inheritdoc/>
    public NetworkAddress Local => udp.Local;

    /// <inheritdoc/>
    public int MaxSendLength => udp.MaxSendLength;

    /// <summary>Sends a datagram that is not QUIC's, before anything that QUIC sends later. Any thread.</summary>
    public void Post(NetworkPath path, byte[] datagram)
    {
        _waiting.Enqueue((path, datagram));
        udp.Wake();
    }

    /// <inheritdoc/>
    public void Receive(DatagramBatch batch)
    {
        SendWaiting();
        udp.Receive(batch);
        relays.Receive(batch);
        var isOpen = gate.IsOpen;
        for (var i = 0; i < batch.Count; i++)
        {
            if (!isOpen && !gate.Passes(batch[i].Path.Remote))
            {
                batch.Drop(i);
                continue;
            }

            if (!DiscoBox.IsDisco(batch.Bytes(i)))
                continue;

            // What came from a socket in one piece is all of one sender and size: none of it is a QUIC packet, but by chance.
            ref readonly var arrival = ref batch[i];
            for (var rest = batch.Bytes(i); !rest.IsEmpty; rest = rest[Math.Min(arrival.SegmentSize, rest.Length)..])
                OnDisco?.Invoke(arrival.Path, rest[..Math.Min(arrival.SegmentSize, rest.Length)].ToArray());
            batch.Drop(i);
        }
    }

    /// <inheritdoc/>
    public SendOutcome Send(in Transmit transmit, ReadOnlySpan<byte> datagrams)
    {
        SendWaiting();
        return SendNow(transmit, datagrams);
    }

    /// <inheritdoc/>
    public void Wait(TimeSpan timeout, bool forSending) => udp.Wait(timeout, forSending);

    /// <inheritdoc/>
    public void Wake() => udp.Wake();

    /// <inheritdoc/>
    public void Dispose() => udp.Dispose();

    private void SendWaiting()
    {
        while (_waiting.TryDequeue(out var next))
            SendNow(new Transmit(next.Path, next.Datagram.Length, next.Datagram.Length, Ecn.NotCapable), next.Datagram);
    }

    private SendOutcome SendNow(in Transmit transmit, ReadOnlySpan<byte> datagrams)
    {
        if (transmit.Path.Remote.Kind != AddressKind.Opaque)
            return gate.IsOpen || gate.Passes(transmit.Path.Remote) ? udp.Send(transmit, datagrams) : SendOutcome.Done;
        relays.Send(transmit, datagrams);
        return SendOutcome.Done;
    }
}
