using System.Diagnostics.CodeAnalysis;
using System.Threading.Channels;
using AltSendme.Quic.Endpoints;
using AltSendme.Quic.Metrics;
using AltSendme.Quic.Paths;
using AltSendme.Quic.Tls;

namespace AltSendme.Quic.Driver;

/// <summary>What the endpoint's thread does in a turn: receive, let time pass, serve the connections to which something happened. Everything here runs on that thread.</summary>
internal sealed class EndpointDriver : EndpointLoop.ITurn
{
    private const int BatchSlots = 16;

    private readonly QuicEndpointOptions _options;
    private readonly ConnectionOptions _connectionOptions;
    private readonly IDatagramPath _path;
    private readonly Endpoint _endpoint;
    private readonly TlsProvider? _acceptProvider;
    private readonly ChannelWriter<QuicConnection> _accepted;
    private readonly Dictionary<Connection, QuicConnection> _connections = [];
    private readonly TimerHeap _timers = new();
    private readonly DatagramBatch _batch = new(BatchSlots);
    private readonly byte[] _response = new byte[Limits.MinDatagram];
    private readonly byte[] _sendBuffer;
    private List<QuicConnection> _active = [];
    private List<QuicConnection> _served = [];
    private Transmit? _unsent;
    private QuicConnection? _lastFound;
    private bool _isStopping;
    private bool _hasEnded;

    /// <summary>Prepares a thread over a datagram path.</summary>
    public EndpointDriver(QuicEndpointOptions options, IDatagramPath path, ChannelWriter<QuicConnection> accepted)
    {
        _options = options;
        _connectionOptions = options.Logged(options.Connection);
        _path = path;
        _accepted = accepted;
        _acceptProvider = options.AcceptsConnections ? options.ProviderForClients() : null;
        _sendBuffer = GC.AllocateUninitializedArray<byte>(path.MaxSendLength, pinned: true);
        _endpoint = new Endpoint(options.ForCore(), _acceptProvider ?? options.ProviderForAnswers(), RandomSource.Secure);
        Loop = new EndpointLoop(path, options.TimeProvider, this);
        QuicMetrics.Attach(_endpoint.Counters);
    }

    /// <summary>Memory for the pipes of streams.</summary>
    public SegmentPool Segments { get; } = new();

    /// <summary>The thread.</summary>
    public EndpointLoop Loop { get; }

    /// <summary>Whether datagrams wait for room in the socket.</summary>
    public bool HasUnsent => _unsent is not null;

    /// <summary>The time of this turn.</summary>
    public Instant Now { get; private set; }

    /// <summary>Begins to connect.</summary>
    public QuicConnection Connect(TlsProvider provider, ConnectionOptions options, in NetworkAddress server)
    {
        ObjectDisposedException.ThrowIf(_isStopping, typeof(QuicEndpoint));
        Now = Loop.Now;
        return Add(_endpoint.Connect(provider, _options.Logged(options), new NetworkPath(default, server), Now, provider.ExpectedPeer), isAccepted: false);
    }

    /// <summary>Closes everything; the thread ends when the peers were told.</summary>
    public void Stop()
    {
        _isStopping = true;
        _accepted.TryComplete();
        Now = Loop.Now;
        foreach (var connection in _connections.Values)
            connection.Core.Close(0, "", Now);
        foreach (var connection in _connections.Values)
            Activate(connection);
    }

    /// <summary>Something happened to a connection: it is served in this turn or the next.</summary>
    public void Activate(QuicConnection connection)
    {
        if (connection.IsActive || connection.IsForgotten || _hasEnded)
            return;
        connection.IsActive = true;
        _active.Add(connection);
    }

    /// <summary>The handshake of a client is complete; false when nobody takes it.</summary>
    public bool Offer(QuicConnection connection) => _accepted.TryWrite(connection);

    /// <summary>Sends the next datagrams of a connection; false when there are none or no room for them.</summary>
    public bool Transmit(Connection connection)
    {
        if (_unsent is not null || !connection.TryTransmit(_sendBuffer, Now, out var transmit))
            return false;
        if (_path.Send(transmit, _sendBuffer.AsSpan(0, transmit.Length)) != SendOutcome.Blocked)
            return true;
        _unsent = transmit;
        return false;
    }

    /// <inheritdoc />
    public bool Take(Instant now, out EndpointLoop.Sleep sleep)
    {
        Now = now;
        if (_unsent is { } unsent && _path.Send(unsent, _sendBuffer.AsSpan(0, unsent.Length)) != SendOutcome.Blocked)
            _unsent = null;
        Receive();
        while (_timers.TryPeekDue(Now, out var due))
        {
            _timers.Set(due, Instant.Never);
            Activate(due);
            try
            {
                due.Core.OnTimeout(Now);
            }
            catch (Exception fault)
            {
                Forget(due, fault);
            }
        }

        Serve();
        var isBusy = _batch.Count > 0 || (_active.Count > 0 && _unsent is null);
        sleep = new EndpointLoop.Sleep(isBusy ? Now : _timers.Earliest, _unsent is not null);
        return !_isStopping || !IsQuiet();
    }

    /// <inheritdoc />
    public void End(Exception? fault)
    {
        _isStopping = true;
        _accepted.TryComplete(fault);
        foreach (var connection in _connections.Values)
            Retire(connection, fault);
        _connections.Clear();
        QuicMetrics.Detach(_endpoint.Counters);
        _hasEnded = true;
    }

    // Peers that were told are heard for a while, in case they were not; a handshake that never came to anything is not worth it.
    private bool IsQuiet()
    {
        if (_unsent is not null || _active.Count > 0)
            return false;
        foreach (var connection in _connections.Values)
        {
            if (connection.WasEstablished && !connection.Core.IsEndAgreed)
                return false;
        }

        return true;
    }

    private void Receive()
    {
        _path.Receive(_batch);
        for (var i = 0; i < _batch.Count; i++)
        {
            ref readonly var arrival = ref _batch[i];
            for (var rest = _batch.Bytes(i); !rest.IsEmpty; rest = rest[Math.Min(arrival.SegmentSize, rest.Length)..])
                Route(rest[..Math.Min(arrival.SegmentSize, rest.Length)], arrival);
        }
    }

    private void Route(Span<byte> datagram, in DatagramBatch.Arrival arrival)
    {
        var routed = _endpoint.Route(datagram, arrival.Path, _response, Now);
        switch (routed.Kind)
        {
            case RouteKind.Connection when TryFind(routed.Connection!, out var known):
                Give(known, datagram, arrival);
                break;
            case RouteKind.Incoming when !_isStopping:
                Admit(routed.Incoming!, datagram, arrival);
                break;
            case RouteKind.Response:
                Answer(arrival, routed.ResponseLength);
                break;
        }
    }

    private void Admit(IncomingConnection incoming, Span<byte> datagram, in DatagramBatch.Arrival arrival)
    {
        switch (Decide(incoming))
        {
            case QuicIncomingDecision.Retry when !incoming.IsAddressValidated:
                Answer(arrival, _endpoint.WriteRetry(incoming, _response, Now));
                break;
            case QuicIncomingDecision.Refuse:
                Answer(arrival, _endpoint.WriteRefusal(incoming, TransportErrorCode.ConnectionRefused, _response));
                break;
            case QuicIncomingDecision.Ignore:
                _endpoint.Counters.Add(EndpointCount.DroppedIgnored);
                break;
            default:
                Give(Add(_endpoint.Accept(incoming, _acceptProvider!, _connectionOptions, Now), isAccepted: true), datagram, arrival);
                break;
        }
    }

    private QuicIncomingDecision Decide(IncomingConnection incoming)
    {
        try
        {
            return _options.DecideIncoming?.Invoke(new QuicIncoming(incoming.Path.Remote, incoming.IsAddressValidated)) ?? QuicIncomingDecision.Accept;
        }
        catch (Exception)
        {
            return QuicIncomingDecision.Refuse;
        }
    }

    private void Answer(in DatagramBatch.Arrival arrival, int length)
    {
        if (_unsent is null)
            _path.Send(new Transmit(arrival.Path, length, length, Ecn.NotCapable), _response.AsSpan(0, length));
    }

    private void Give(QuicConnection connection, Span<byte> datagram, in DatagramBatch.Arrival arrival)
    {
        Activate(connection);
        try
        {
            connection.Core.Receive(datagram, arrival.Path, arrival.Ecn, Now);

            // Ids that it issued or retired count from the next datagram on.
            if (connection.Core.HasRoutingChange)
                _endpoint.Update(connection.Core);
        }
        catch (Exception fault)
        {
            Forget(connection, fault);
        }
    }

    // Datagrams come in trains: mostly it is the one that the last was for.
    private bool TryFind(Connection core, [NotNullWhen(true)] out QuicConnection? connection)
    {
        if (_lastFound?.Core == core)
        {
            connection = _lastFound;
            return true;
        }

        if (!_connections.TryGetValue(core, out connection))
            return false;
        _lastFound = connection;
        return true;
    }

    private QuicConnection Add(Connection core, bool isAccepted)
    {
        var connection = new QuicConnection(this, core, isAccepted);
        _connections.Add(core, connection);
        Activate(connection);
        return connection;
    }

    private void Serve()
    {
        (_active, _served) = (_served, _active);
        foreach (var connection in _served)
        {
            connection.IsActive = false;
            if (!connection.IsForgotten)
                Serve(connection);
        }

        _served.Clear();
    }

    private void Serve(QuicConnection connection)
    {
        try
        {
            if (connection.Serve())
                Activate(connection);
            connection.CountInto(_endpoint.Counters);
            if (_endpoint.Update(connection.Core))
                _timers.Set(connection, connection.Core.NextTimeout);
            else
                Forget(connection, fault: null);
        }
        catch (Exception fault)
        {
            Forget(connection, fault);
        }
    }

    // It is drained; or something in it failed, which must not take the others with it.
    private void Forget(QuicConnection connection, Exception? fault)
    {
        if (connection.IsForgotten)
            return;
        connection.IsForgotten = true;
        _timers.Set(connection, Instant.Never);
        _connections.Remove(connection.Core);
        if (_lastFound == connection)
            _lastFound = null;
        Retire(connection, fault);
    }

    private void Retire(QuicConnection connection, Exception? fault)
    {
        connection.CountInto(_endpoint.Counters);
        if (connection.Core.WasEstablished)
            QuicMetrics.OnConnectionEnded(connection.Core.Path.Rtt.Smoothed);
        connection.Abandon(fault);
    }
}
