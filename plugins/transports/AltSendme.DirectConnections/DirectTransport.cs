using System.Net;
using System.Runtime.CompilerServices;
using AltSendme.Abstractions;
using AltSendme.DirectConnections.Dialing;
using AltSendme.DirectConnections.Handshakes;
using AltSendme.DirectConnections.Streams;
using AltSendme.IpPaths;
using Microsoft.Extensions.Logging;

namespace AltSendme.DirectConnections;

/// <summary>A transport that reaches peers at socket addresses, one handshake an address: everything but the handshake, the listener and the connection.</summary>
public abstract class DirectTransport : ITransport
{
    private readonly AddressForm _form;
    private readonly TransportAlpn _alpn;
    private readonly AddressReport _addresses;
    private readonly CancellationTokenSource _disposed = new();   // cancelled by DisposeAsync only
    private readonly TaskCompletionSource<IConnectionListener?> _listening = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _hasListened;

    /// <summary>Touches no network yet.</summary>
    /// <param name="context">What the host hands out for the session.</param>
    /// <param name="form">How the transport's addresses are written.</param>
    /// <param name="alpn">How it names protocols.</param>
    /// <param name="time">The clock.</param>
    /// <param name="logger">Gets what fails at single addresses.</param>
    protected DirectTransport(EndpointContext context, AddressForm form, TransportAlpn alpn, TimeProvider time, ILogger logger)
    {
        Context = context;
        Time = time;
        Logger = logger;
        _form = form;
        _alpn = alpn;
        _addresses = new AddressReport(logger.AddressesUnknown);
    }

    /// <summary>What the host hands out for the session.</summary>
    protected EndpointContext Context { get; }

    /// <summary>The clock.</summary>
    protected TimeProvider Time { get; }

    /// <summary>The transport's log.</summary>
    protected ILogger Logger { get; }

    /// <inheritdoc/>
    public async ValueTask<int?> ListenAsync(ListenOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfZero(options.Protocols.Count, nameof(options));
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)options.Port, (uint)IPEndPoint.MaxPort, nameof(options));
        ObjectDisposedException.ThrowIf(_disposed.IsCancellationRequested, this);
        foreach (var protocol in options.Protocols)
            _alpn.ToTls(protocol);
        if (Interlocked.Exchange(ref _hasListened, 1) != 0)
            throw new InvalidOperationException("A transport listens once.");

        var listener = await OpenAsync(options, cancellationToken);
        _addresses.Start(listener.LocalEndPoints);
        _listening.TrySetResult(listener);
        return _form.SharesPort ? listener.LocalEndPoints[0].Port : null;
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<IConnection> AcceptAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        if (await _listening.Task.WaitAsync(cancellationToken) is not { } listener)
            yield break;
        await foreach (var connection in listener.AcceptAsync(cancellationToken))
            yield return connection;
    }

    /// <inheritdoc/>
    public async ValueTask<IConnection> DialAsync(EndpointId remote, IAsyncEnumerable<Candidate> candidates, Alpn protocol, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(candidates);
        ObjectDisposedException.ThrowIf(_disposed.IsCancellationRequested, this);
        _alpn.ToTls(protocol);

        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _disposed.Token);   // the caller, or the end of the transport
        return await new DialRace(remote, _form, (endPoint, token) => TryConnectAsync(endPoint, remote, protocol, token), Time, Logger).RunAsync(candidates, ended.Token);
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<IReadOnlyList<EndpointAddress>> WatchAddressesAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await foreach (var endPoints in _addresses.WatchAsync(cancellationToken))
            yield return [.. endPoints.Where(MayUse).Select(_form.Of)];
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (_disposed.IsCancellationRequested)
            return;
        await _disposed.CancelAsync();
        _addresses.Dispose();
        _listening.TrySetResult(null);
        if (await _listening.Task is { } listener)
            await listener.DisposeAsync();
        Release();
    }

    /// <summary>Begins to listen.</summary>
    /// <exception cref="TransportException">The port is taken, or the network refuses.</exception>
    protected abstract ValueTask<IConnectionListener> OpenAsync(ListenOptions options, CancellationToken cancellationToken);

    /// <summary>One attempt: the connection and its handshake. By <see cref="StreamConnection.Ready"/> it tells that the peer has accepted this side.</summary>
    /// <exception cref="TransportException">The handshake failed, with the transport's own code, or the one of <see cref="PeerProof.OtherKey"/>.</exception>
    protected abstract Task<StreamConnection> ConnectAsync(IPEndPoint endPoint, EndpointId remote, Alpn protocol, CancellationToken cancellationToken);

    /// <summary>Frees what the transport holds besides its listener. Called once.</summary>
    protected abstract void Release();

    /// <summary>Whether policy allows a direct connection there. The host judges IP addresses itself; behind a scheme of a transport's own it does not see one.</summary>
    private bool MayUse(IPEndPoint endPoint) => _form.SharesPort || Context.MayUse(EndpointAddress.FromIp(endPoint));

    private async Task<IConnection> TryConnectAsync(IPEndPoint endPoint, EndpointId remote, Alpn protocol, CancellationToken cancellationToken)
    {
        if (!MayUse(endPoint))
            throw new TransportException("policy.direct", "policy does not allow a direct connection");
        var connection = await ConnectAsync(endPoint, remote, protocol, cancellationToken);
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
