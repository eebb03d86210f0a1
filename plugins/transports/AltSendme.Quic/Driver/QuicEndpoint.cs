using System.Net;
using System.Threading.Channels;
using AltSendme.Quic.Paths;
using AltSendme.Quic.Tls;

namespace AltSendme.Quic.Driver;

/// <summary>A UDP address from which connections are made and at which they are taken. Its members may be called from any thread; all work is done on one thread that it owns.</summary>
public sealed class QuicEndpoint : IAsyncDisposable
{
    private readonly QuicEndpointOptions _options;
    private readonly IDatagramPath _path;
    private readonly EndpointLoop _loop;
    private readonly EndpointDriver _driver;
    private readonly Channel<QuicConnection> _accepted;
    private Task? _disposal;

    private QuicEndpoint(QuicEndpointOptions options, IDatagramPath path)
    {
        _options = options;
        _path = path;
        _accepted = Channel.CreateBounded<QuicConnection>(new BoundedChannelOptions(options.Backlog) { FullMode = BoundedChannelFullMode.Wait });
        _driver = new EndpointDriver(options, path, _accepted.Writer);
        _loop = _driver.Loop;
        _loop.Start();
    }

    /// <summary>The address that was bound.</summary>
    public IPEndPoint LocalEndPoint => _path.Local.ToIPEndPoint();

    /// <summary>Binds a UDP socket.</summary>
    /// <exception cref="ArgumentException">The options could not lead to any connection.</exception>
    /// <exception cref="System.Net.Sockets.SocketException">The address cannot be bound.</exception>
    public static QuicEndpoint Bind(QuicEndpointOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return Over(options, UdpPath.Bind(options.LocalEndPoint));
    }

    /// <summary>Connects to a server that must own <paramref name="serverKey"/>.</summary>
    /// <exception cref="QuicConnectionException">The connection could not be made; the reason is in it.</exception>
    /// <exception cref="OperationCanceledException">Cancelled; the attempt was given up.</exception>
    public Task<QuicConnection> ConnectAsync(IPEndPoint server, ReadOnlyMemory<byte> serverKey, ReadOnlyMemory<byte> applicationProtocol, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(server);
        return ConnectAsync(NetworkAddress.From(server.Address, server.Port), serverKey, [applicationProtocol], cancellationToken);
    }

    /// <summary>Connects with one of several protocols, best first.</summary>
    /// <exception cref="QuicConnectionException">The connection could not be made; the reason is in it.</exception>
    /// <exception cref="OperationCanceledException">Cancelled; the attempt was given up.</exception>
    public Task<QuicConnection> ConnectAsync(
        IPEndPoint server, ReadOnlyMemory<byte> serverKey, IReadOnlyList<ReadOnlyMemory<byte>> applicationProtocols, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(server);
        return ConnectAsync(NetworkAddress.From(server.Address, server.Port), serverKey, applicationProtocols, cancellationToken);
    }

    /// <summary>
    /// Begins to connect to a server that must own <paramref name="serverKey"/>, and gives the connection back at once: <see cref="QuicConnection.Established"/> tells when it may be used, and further
    /// addresses can be added meanwhile. Whoever gets it disposes it.
    /// </summary>
    /// <exception cref="ObjectDisposedException">The endpoint was disposed.</exception>
    public Task<QuicConnection> StartConnectAsync(NetworkAddress server, ReadOnlyMemory<byte> serverKey, IReadOnlyList<ReadOnlyMemory<byte>> applicationProtocols)
    {
        if (serverKey.IsEmpty)
            throw new ArgumentException("A client must know the key of its server.", nameof(serverKey));
        var provider = _options.ProviderFor(applicationProtocols, serverKey);
        return _loop.InvokeAsync(() => _driver.Connect(provider, _options.Connection, server));
    }

    /// <summary>
    /// Begins to connect to a server that shows a certificate for <paramref name="name"/>, which is checked on the endpoint's thread; this end shows nothing. As with a key, the connection comes back at once. Whoever
    /// gets it disposes it.
    /// </summary>
    /// <param name="server">Where it is.</param>
    /// <param name="name">Who it must be.</param>
    /// <param name="applicationProtocol">The protocol.</param>
    /// <param name="options">Limits and timeouts of this connection; null for the endpoint's.</param>
    /// <exception cref="ArgumentException">The name is no host name, or the protocol none.</exception>
    /// <exception cref="ObjectDisposedException">The endpoint was disposed.</exception>
    public Task<QuicConnection> StartConnectAsync(NetworkAddress server, ServerName name, ReadOnlyMemory<byte> applicationProtocol, ConnectionOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(name);
        var provider = QuicEndpointOptions.ProviderFor([applicationProtocol], name);
        return _loop.InvokeAsync(() => _driver.Connect(provider, options ?? _options.Connection, server));
    }

    /// <summary>Waits for the next client whose handshake is complete.</summary>
    /// <exception cref="ObjectDisposedException">The endpoint was disposed.</exception>
    public async ValueTask<QuicConnection> AcceptAsync(CancellationToken cancellationToken = default)
    {
        try
        {
            return await _accepted.Reader.ReadAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (ChannelClosedException)
        {
            throw new ObjectDisposedException(nameof(QuicEndpoint));
        }
    }

    /// <summary>Closes all connections, tells the peers, and closes the socket.</summary>
    public ValueTask DisposeAsync()
    {
        var first = new Task<Task>(StopAsync);
        if (Interlocked.CompareExchange(ref _disposal, first.Unwrap(), null) is null)
            first.Start(TaskScheduler.Default);
        return new ValueTask(_disposal);
    }

    /// <summary>An endpoint over another datagram path, which it then owns.</summary>
    /// <exception cref="ArgumentException">The options could not lead to any connection.</exception>
    public static QuicEndpoint Over(QuicEndpointOptions options, IDatagramPath path)
    {
        try
        {
            return new QuicEndpoint(options, path);
        }
        catch
        {
            path.Dispose();
            throw;
        }
    }

    private async Task<QuicConnection> ConnectAsync(
        NetworkAddress server, ReadOnlyMemory<byte> serverKey, IReadOnlyList<ReadOnlyMemory<byte>> applicationProtocols, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var connection = await StartConnectAsync(server, serverKey, applicationProtocols).ConfigureAwait(false);
        try
        {
            await connection.Established.WaitAsync(cancellationToken).ConfigureAwait(false);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    private async Task StopAsync()
    {
        _loop.Schedule(static driver => ((EndpointDriver)driver!).Stop(), _driver);
        await _loop.Ended.ConfigureAwait(false);
        _path.Dispose();
    }
}
