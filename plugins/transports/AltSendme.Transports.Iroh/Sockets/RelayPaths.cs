using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Threading.Channels;
using AltSendme.Abstractions;
using AltSendme.Quic;
using AltSendme.Quic.Driver;
using AltSendme.Quic.Paths;
using Microsoft.Extensions.Logging;

namespace AltSendme.Transports.Iroh.Sockets;

/// <summary>
/// The relays of an endpoint as datagram paths: every pair of relay and peer has an address of kind <see cref="AddressKind.Opaque"/>, which QUIC uses like one of the network. Owns the tunnels. Thread-safe.
/// </summary>
internal sealed class RelayPaths(IRelayAccess access, ILogger logger) : IAsyncDisposable
{
    private readonly Lock _gate = new();   // guards tunnels and addresses
    private readonly Dictionary<Uri, Task<RelayTunnel>> _tunnels = [];
    private readonly RelayedAddresses _addresses = new();
    private readonly CancellationTokenSource _disposed = new();   // cancelled by DisposeAsync only
    private readonly Channel<RelayTunnel.Arrival> _arrivals = Channel.CreateBounded<RelayTunnel.Arrival>(
        new BoundedChannelOptions(TransportLimits.RelayArrivals) { SingleReader = true, FullMode = BoundedChannelFullMode.Wait });

    /// <summary>Called after datagrams have arrived, from any thread.</summary>
    public Action? OnArrival { get; set; }

    /// <summary>The address of a peer behind a relay, once the relay can be used; opens the tunnel where that was not done before.</summary>
    /// <exception cref="AltSendmeException">Policy forbids the relay, or no plugin serves it.</exception>
    public async Task<NetworkAddress> OpenAsync(Uri url, EndpointId peer, CancellationToken cancellationToken)
    {
        var tunnel = await OpenAsync(url, cancellationToken);
        await tunnel.WaitConnectedAsync(cancellationToken);
        lock (_gate)
            return _addresses.Of(url, peer);
    }

    /// <summary>Opens the tunnel through a relay, so that peers can come in by it.</summary>
    /// <exception cref="AltSendmeException">Policy forbids the relay, or no plugin serves it.</exception>
    public async Task<RelayTunnel> OpenAsync(Uri url, CancellationToken cancellationToken)
    {
        Task<RelayTunnel> opening;
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_disposed.IsCancellationRequested, this);
            if (!_tunnels.TryGetValue(url, out opening!) || opening.IsFaulted)
                _tunnels[url] = opening = RelayTunnel.OpenAsync(access, url, OnReceived, logger, _disposed.Token);
        }

        return await opening.WaitAsync(cancellationToken);
    }

    /// <summary>Which relay and which peer an address stands for.</summary>
    public bool TryFind(in NetworkAddress address, [MaybeNullWhen(false)] out Uri relay, out EndpointId peer)
    {
        lock (_gate)
            return _addresses.TryFind(address, out relay, out peer);
    }

    /// <summary>Adds what has arrived to a batch, as far as there is room.</summary>
    public void Receive(DatagramBatch batch)
    {
        while (batch.Count < batch.Capacity && _arrivals.Reader.TryRead(out var arrival))
        {
            NetworkAddress source;
            lock (_gate)
                source = _addresses.Of(arrival.Relay, arrival.Peer);
            arrival.Contents.AsSpan(0, arrival.Length).CopyTo(batch.Slot(batch.Count).Span);
            ArrayPool<byte>.Shared.Return(arrival.Contents);
            batch.Add(new DatagramBatch.Arrival(arrival.Length, arrival.SegmentSize, new NetworkPath(default, source), Ecn.NotCapable));
        }
    }

    /// <summary>Hands datagrams to the relay of their address; drops them where that is not possible now.</summary>
    public void Send(in Transmit transmit, ReadOnlySpan<byte> datagrams)
    {
        if (!TryFind(transmit.Path.Remote, out var relay, out var peer))
            return;
        Task<RelayTunnel>? tunnel;
        lock (_gate)
            _tunnels.TryGetValue(relay, out tunnel);
        if (tunnel is { IsCompletedSuccessfully: true })
            tunnel.Result.Post(peer, datagrams, transmit.SegmentSize);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        Task<RelayTunnel>[] tunnels;
        lock (_gate)
        {
            tunnels = [.. _tunnels.Values];
            _tunnels.Clear();
            _disposed.Cancel();
        }

        foreach (var opening in tunnels)
        {
            await ((Task)opening).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (opening.IsCompletedSuccessfully)
                await opening.Result.DisposeAsync();
        }

        while (_arrivals.Reader.TryRead(out var arrival))
            ArrayPool<byte>.Shared.Return(arrival.Contents);
        _disposed.Dispose();
    }

    private bool OnReceived(RelayTunnel.Arrival arrival)
    {
        if (!_arrivals.Writer.TryWrite(arrival))
            return false;
        OnArrival?.Invoke();
        return true;
    }
}
