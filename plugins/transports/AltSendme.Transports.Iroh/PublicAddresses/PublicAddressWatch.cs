using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using AltSendme.Quic;
using AltSendme.Quic.Driver;
using AltSendme.Quic.Paths;
using AltSendme.Quic.Tls;
using Microsoft.Extensions.Logging;
using Protocol = AltSendme.RelayProtocol.AddressDiscovery;

namespace AltSendme.Transports.Iroh.PublicAddresses;

/// <summary>
/// Learns from a relay at which address it sees the very socket that peers are to reach, and keeps on asking, since NATs forget. Only the relay's certificate counts, and the addresses that it tells go to peers
/// only, never into what this side believes of them. Asks one relay at a time, with one connection for each family of IP; a relay that does not answer is asked again more and more rarely. Thread-safe.
/// </summary>
internal sealed class PublicAddressWatch(QuicEndpoint quic, X509Certificate2Collection authorities, TimeProvider time, ILogger logger, int port = Protocol.Port) : IAsyncDisposable
{
    private static readonly ConnectionOptions Wanted = new()
    {
        AddressDiscovery = AddressDiscoveryRole.Learn,
        KeepAliveInterval = Protocol.KeepAlive,
        MaxIdleTimeout = Protocol.IdleTimeout,
        HandshakeTimeout = TransportLimits.PublicAddressAnswer,
        MaxBidirectionalStreams = 0,
        MaxUnidirectionalStreams = 0,
        MaxDatagramFrameSize = 0,
        DiscoverMtu = false,
    };

    private readonly Lock _gate = new();   // guards all below
    private readonly Dictionary<AddressFamily, IPEndPoint> _known = [];
    private Uri? _relay;
    private CancellationTokenSource? _asking;   // cancelled when another relay is asked, or none
    private Task _running = Task.CompletedTask;
    private bool _isDisposed;

    /// <summary>What is known now; empty while no relay has answered.</summary>
    public IReadOnlyList<IPEndPoint> Current
    {
        get
        {
            lock (_gate)
                return [.. _known.Values];
        }
    }

    /// <summary>Called after <see cref="Current"/> has changed, from any thread.</summary>
    public Action? OnChanged { get; set; }

    /// <summary>Asks this relay from here on, instead of the one before. Relays without TLS can't prove who they are, and are not asked.</summary>
    public void Ask(Uri? relay)
    {
        lock (_gate)
        {
            if (_isDisposed || relay == _relay)
                return;
            _relay = relay;
            _asking?.Cancel();
            _asking = null;
            if (relay?.Scheme != Uri.UriSchemeHttps)
                return;
            var asking = _asking = new CancellationTokenSource();
            var before = _running;
            _running = Task.Run(() => RunAsync(relay, before, asking));
        }
    }

    /// <summary>Asks this relay if none is asked yet: who only dials has no relay of its own choice.</summary>
    public void AskIfNone(Uri relay)
    {
        lock (_gate)
        {
            if (_relay is null)
                Ask(relay);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        Task running;
        lock (_gate)
        {
            _isDisposed = true;
            _asking?.Cancel();
            running = _running;
        }

        await running;
    }

    private async Task RunAsync(Uri relay, Task before, CancellationTokenSource asking)
    {
        await before;
        await Task.WhenAll(AskAsync(relay, AddressFamily.InterNetwork, asking.Token), AskAsync(relay, AddressFamily.InterNetworkV6, asking.Token));
        asking.Dispose();
    }

    private async Task AskAsync(Uri relay, AddressFamily family, CancellationToken cancellationToken)
    {
        var host = relay.IdnHost.TrimEnd('.');
        var local = quic.LocalEndPoint.AddressFamily;
        if (local != family && !quic.LocalEndPoint.Address.Equals(IPAddress.IPv6Any))
            return;
        var pause = TransportLimits.PublicAddressPause;
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                if (await HoldAsync(host, family, cancellationToken))
                    pause = TransportLimits.PublicAddressPause;
            }
            catch (Exception exception)
            {
                // Nothing depends on it but the chance of a direct path.
                if (!cancellationToken.IsCancellationRequested)
                    logger.PublicAddressUnknown(host, exception);
            }

            Set(family, null);
            await Task.Delay(pause, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            pause = pause * 2 < TransportLimits.PublicAddressLongestPause ? pause * 2 : TransportLimits.PublicAddressLongestPause;
        }
    }

    /// <summary>Holds a connection until it ends; whether anything was learnt.</summary>
    private async Task<bool> HoldAsync(string host, AddressFamily family, CancellationToken cancellationToken)
    {
        var addresses = await Dns.GetHostAddressesAsync(host, family, cancellationToken);
        if (addresses.Length == 0)
            return false;
        var learnt = false;
        await using var connection = await quic.StartConnectAsync(NetworkAddress.From(addresses[0], port), new ServerName(host) { Authorities = authorities }, Protocol.Alpn, Wanted);
        try
        {
            await connection.Established.WaitAsync(cancellationToken);
            await foreach (var observed in connection.WatchObservedAddressAsync(cancellationToken))
            {
                if (observed?.ToIPEndPoint() is not { } address || !IsUsable(address, family))
                    continue;
                learnt = true;
                Set(family, address);
            }
        }
        catch (OperationCanceledException)
        {
            await connection.CloseAsync(Protocol.FinishedCode, Protocol.FinishedReason);
        }

        return learnt;
    }

    private static bool IsUsable(IPEndPoint address, AddressFamily family) =>
        address.Port != 0 && address.AddressFamily == family && !address.Address.Equals(IPAddress.Any) && !address.Address.Equals(IPAddress.IPv6Any)
        && !address.Address.IsIPv6Multicast && !address.Address.IsIPv6LinkLocal && !(family == AddressFamily.InterNetwork && address.Address.GetAddressBytes()[0] >= 224);

    private void Set(AddressFamily family, IPEndPoint? address)
    {
        lock (_gate)
        {
            if (Equals(_known.GetValueOrDefault(family), address))
                return;
            if (address is null)
                _known.Remove(family);
            else
                _known[family] = address;
        }

        if (address is not null)
            logger.PublicAddressLearnt(address);
        OnChanged?.Invoke();
    }
}
