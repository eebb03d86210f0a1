using System.Net;
using System.Net.Sockets;
using System.Runtime.CompilerServices;
using AltSendme.Abstractions;
using AltSendme.IpPaths;
using AltSendme.Transports.Tls.Connections;
using AltSendme.Transports.Tls.Dialing;
using AltSendme.Transports.Tls.Handshakes;
using AltSendme.Transports.Tls.Listening;
using AltSendme.Transports.Tls.Wire;
using Microsoft.Extensions.Logging;

namespace AltSendme.Transports.Tls;

/// <summary>TLS 1.3 over TCP, direct connections only. The protocol is described in docs/protocol/tls-transport.md.</summary>
internal sealed class TlsTransport(EndpointContext context, TimeProvider time, ILogger logger) : ITransport
{
    private readonly TlsHandshake _handshake = new(context.Identity, time);
    private readonly AddressReport _addresses = new(logger.AddressesUnknown);
    private readonly CancellationTokenSource _disposed = new();   // cancelled by DisposeAsync only
    private readonly TaskCompletionSource<Listener?> _listening = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _hasListened;

    /// <inheritdoc/>
    public ValueTask<int?> ListenAsync(ListenOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfZero(options.Protocols.Count, nameof(options));
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)options.Port, (uint)IPEndPoint.MaxPort, nameof(options));
        ObjectDisposedException.ThrowIf(_disposed.IsCancellationRequested, this);
        foreach (var protocol in options.Protocols)
            TransportAlpn.ToTls(protocol);
        if (Interlocked.Exchange(ref _hasListened, 1) != 0)
            throw new InvalidOperationException("A transport listens once.");

        var listener = new Listener(options, _handshake, context.MayUse, time, logger);
        _addresses.Start(listener.LocalEndPoints);
        _listening.TrySetResult(listener);
        return ValueTask.FromResult<int?>(listener.LocalEndPoints[0].Port);
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<IConnection> AcceptAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        if (await _listening.Task.WaitAsync(cancellationToken) is not { } listener)
            yield break;
        await foreach (var connection in listener.Connections.ReadAllAsync(cancellationToken))
            yield return connection;
    }

    /// <inheritdoc/>
    public async ValueTask<IConnection> DialAsync(EndpointId remote, IAsyncEnumerable<Candidate> candidates, Alpn protocol, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(candidates);
        ObjectDisposedException.ThrowIf(_disposed.IsCancellationRequested, this);
        TransportAlpn.ToTls(protocol);

        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _disposed.Token);   // the caller, or the end of the transport
        return await new DialRace(remote, (endPoint, token) => ConnectAsync(endPoint, remote, protocol, token), time, logger).RunAsync(candidates, ended.Token);
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<IReadOnlyList<EndpointAddress>> WatchAddressesAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await foreach (var endPoints in _addresses.WatchAsync(cancellationToken))
            yield return [.. endPoints.Select(EndpointAddress.FromIp)];
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_disposed.IsCancellationRequested)
            return;
        await _disposed.CancelAsync();
        _addresses.Dispose();
        _listening.TrySetResult(null);
        if (await _listening.Task is { } listener)
            await listener.DisposeAsync();
        _handshake.Dispose();
    }

    /// <summary>One attempt: TCP, TLS, and the first frame of the peer, by which it says that it has accepted this side.</summary>
    private async Task<TlsConnection> ConnectAsync(IPEndPoint endPoint, EndpointId remote, Alpn protocol, CancellationToken cancellationToken)
    {
        var socket = new Socket(endPoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            await socket.ConnectAsync(endPoint, cancellationToken);
        }
        catch
        {
            socket.Dispose();
            throw;
        }

        var connection = new TlsConnection(await _handshake.ConnectAsync(socket, remote, protocol, cancellationToken), Side.Dialer, time, logger);
        connection.Start();
        try
        {
            await connection.Ready.WaitAsync(cancellationToken);
            return connection;
        }
        catch
        {
            connection.Cut();
            await connection.DisposeAsync();
            throw;
        }
    }
}
