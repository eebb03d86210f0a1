using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using Microsoft.Extensions.Logging;

namespace AltSendme.Discovery.Mdns.Links;

/// <summary>The real links: one socket a family, on every interface that the options allow, while interfaces come and go. The receiving tasks are awaited by <see cref="DisposeAsync"/>.</summary>
internal sealed class UdpMulticastLink(MdnsOptions options, ILogger logger) : IMulticastLink
{
    // Larger than any message that fits a link.
    private const int BufferLength = 9_216;
    private static readonly TimeSpan PauseAfterFailure = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();   // held while the interfaces are looked at
    private readonly CancellationTokenSource _over = new();   // cancelled by DisposeAsync only
    private readonly Dictionary<AddressFamily, MulticastSocket> _sockets = [];
    private readonly List<Task> _receiving = [];
    private volatile Dictionary<LinkPort, LinkInterface> _links = [];
    private Action<LinkPort> _onAppeared = static _ => { };
    private bool _disposed;

    public IReadOnlyList<LinkPort> Ports => [.. _links.Keys];

    public void Start(Action<LinkPacket> onPacket, Action<LinkPort> onAppeared)
    {
        lock (_gate)
        {
            foreach (var family in new[] { AddressFamily.InterNetwork, AddressFamily.InterNetworkV6 })
                Open(family);
            _onAppeared = onAppeared;
        }

        Refresh(announce: false);
        NetworkChange.NetworkAddressChanged += OnChanged;
        foreach (var (family, socket) in _sockets)
            _receiving.Add(ReceiveAsync(family, socket, onPacket));
    }

    public void Send(LinkPort port, ReadOnlySpan<byte> message)
    {
        if (!_links.TryGetValue(port, out var link))
            return;
        try
        {
            _sockets[port.Family].Send(link, message);
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            logger.NotSent(link.Name, exception.Message);
        }
    }

    public void SendTo(LinkPort port, IPEndPoint destination, ReadOnlySpan<byte> message)
    {
        if (!_links.TryGetValue(port, out var link))
            return;
        try
        {
            _sockets[port.Family].SendTo(destination, message);
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            logger.NotSent(link.Name, exception.Message);
        }
    }

    public async ValueTask DisposeAsync()
    {
        NetworkChange.NetworkAddressChanged -= OnChanged;
        lock (_gate)
            _disposed = true;
        await _over.CancelAsync();
        foreach (var socket in _sockets.Values)
            socket.Dispose();
        await Task.WhenAll(_receiving);
        _over.Dispose();
    }

    private void Open(AddressFamily family)
    {
        if (!(family == AddressFamily.InterNetwork ? options.UseIPv4 && Socket.OSSupportsIPv4 : options.UseIPv6 && Socket.OSSupportsIPv6))
            return;
        try
        {
            _sockets[family] = MulticastSocket.Open(family);
        }
        catch (SocketException exception)
        {
            logger.FamilyUnusable(family, exception.Message);
        }
    }

    private void OnChanged(object? sender, EventArgs e) => Refresh(announce: true);

    private void Refresh(bool announce)
    {
        var appeared = new List<LinkPort>();
        lock (_gate)
        {
            if (_disposed)
                return;
            var before = _links;
            var now = new Dictionary<LinkPort, LinkInterface>();
            foreach (var link in FindInterfaces())
            {
                // Left and joined again when it is another interface with the same number.
                var known = before.GetValueOrDefault(link.Port);
                if (known?.Name == link.Name || TryJoin(link))
                    now[link.Port] = link;
                if (known != link && now.ContainsKey(link.Port))
                    appeared.Add(link.Port);
            }

            foreach (var gone in before.Values.Where(link => !now.ContainsKey(link.Port)))
                _sockets[gone.Port.Family].Leave(gone);
            _links = now;
        }

        if (announce)
            appeared.ForEach(_onAppeared);
    }

    private IReadOnlyList<LinkInterface> FindInterfaces()
    {
        try
        {
            return [.. LinkInterface.Find(options).Where(link => _sockets.ContainsKey(link.Port.Family))];
        }
        catch (NetworkInformationException exception)
        {
            logger.InterfacesUnknown(exception.Message);
            return [.. _links.Values];
        }
    }

    private bool TryJoin(LinkInterface link)
    {
        try
        {
            _sockets[link.Port.Family].Join(link);
            logger.Joined(link.Name, link.Port.Family);
            return true;
        }
        catch (SocketException exception)
        {
            logger.NotJoined(link.Name, link.Port.Family, exception.Message);
            return false;
        }
    }

    private async Task ReceiveAsync(AddressFamily family, MulticastSocket socket, Action<LinkPacket> onPacket)
    {
        await Task.Yield();
        var buffer = new byte[BufferLength];
        while (!_over.IsCancellationRequested)
        {
            try
            {
                var (length, source, index) = await socket.ReceiveAsync(buffer, _over.Token);

                // The system hands over what other programs have joined, too, and what routers let through.
                if (_links.TryGetValue(new LinkPort(index, family), out var link) && link.IsOnLink(source.Address))
                    onPacket(new LinkPacket(link.Port, source, buffer.AsMemory(0, length)));
            }
            catch (Exception exception) when (exception is OperationCanceledException or ObjectDisposedException)
            {
                return;
            }
            catch (SocketException exception)
            {
                if (_over.IsCancellationRequested)
                    return;

                // A neighbour that is gone shows up here on Windows; whatever lasts must not become a busy loop.
                logger.ReceiveFailed(exception.Message);
                await Task.Delay(PauseAfterFailure, TimeProvider.System, _over.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }
}
