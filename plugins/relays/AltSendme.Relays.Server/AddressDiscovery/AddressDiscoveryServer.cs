using System.Net;
using System.Net.Sockets;
using AltSendme.Quic;
using AltSendme.Quic.Driver;
using AltSendme.Relays.Server.Configuration;
using AltSendme.Relays.Server.Listening;
using AltSendme.Relays.Server.Metrics;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Protocol = AltSendme.RelayProtocol.AddressDiscovery;

namespace AltSendme.Relays.Server.AddressDiscovery;

/// <summary>Tells endpoints over QUIC at which address they are seen. Nothing else is said, and nothing is kept of a connection but that it is there. Owns the UDP port.</summary>
internal sealed class AddressDiscoveryServer(
    RelayServerOptions options, CertificateFiles files, RelayMetrics metrics, TimeProvider timeProvider, ILogger<AddressDiscoveryServer> logger) : IHostedService, IAsyncDisposable
{
    private static readonly TimeSpan HandshakeTimeout = TimeSpan.FromSeconds(5);

    // Nobody sends anything but frames of a few bytes.
    private const ulong Window = 16 * 1024;

    private readonly HandshakeRate _rate = new(options.AddressDiscovery.HandshakesPerSecond, timeProvider);
    private readonly SourceLimit _sources = new(options.Limits.ConnectionsPerAddress, options.AddressDiscovery.Connections, metrics);
    private QuicEndpoint? _endpoint;
    private Task _accepting = Task.CompletedTask;

    /// <summary>Where it listens; null before it is started.</summary>
    public IPEndPoint? LocalEndPoint => _endpoint?.LocalEndPoint;

    /// <exception cref="RelayConfigurationException">The certificate's key can't be used for QUIC.</exception>
    /// <exception cref="IOException">The port can't be listened on.</exception>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        var listen = options.AddressDiscoveryEndPoint!;
        try
        {
            var certificate = new ShownCertificate(files, logger);
            _endpoint = QuicEndpoint.Bind(OptionsFor(listen, certificate));
        }
        catch (ArgumentException exception)
        {
            throw new RelayConfigurationException($"The settings can't be used: Tls:Key can't be shown over QUIC: {exception.Message} AddressDiscovery:Listen off does without.", exception);
        }
        catch (SocketException exception)
        {
            throw new IOException($"UDP port {listen} can't be listened on: {exception.Message}. Set AddressDiscovery:Listen to another, or to off.", exception);
        }

        RelayServerLog.TellingAddresses(logger, _endpoint.LocalEndPoint);
        _accepting = AcceptAsync(_endpoint);
        return Task.CompletedTask;
    }

    /// <summary>Lets the endpoints know that the port goes.</summary>
    public async Task StopAsync(CancellationToken cancellationToken) => await DisposeAsync();

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_endpoint is not null)
            await _endpoint.DisposeAsync();
        await _accepting;
    }

    private QuicEndpointOptions OptionsFor(IPEndPoint listen, ShownCertificate certificate) => new()
    {
        LocalEndPoint = listen,
        Certificate = () => certificate.Current,
        ApplicationProtocols = [Protocol.Alpn],
        MaxConnections = options.AddressDiscovery.Connections,
        DecideIncoming = _ => Decide(),
        Connection = new ConnectionOptions
        {
            AddressDiscovery = AddressDiscoveryRole.Report,
            HandshakeTimeout = HandshakeTimeout,
            MaxIdleTimeout = Protocol.IdleTimeout,
            MaxBidirectionalStreams = 0,
            MaxUnidirectionalStreams = 0,
            MaxDatagramFrameSize = 0,
            InitialStreamWindow = Window,
            InitialConnectionWindow = Window,
            DiscoverMtu = false,
        },
    };

    private QuicIncomingDecision Decide()
    {
        Interlocked.Increment(ref metrics.AddressQuestions);
        if (_rate.TryTake())
            return QuicIncomingDecision.Accept;
        Interlocked.Increment(ref metrics.AddressQuestionsIgnored);
        return QuicIncomingDecision.Ignore;
    }

    private async Task AcceptAsync(QuicEndpoint endpoint)
    {
        try
        {
            while (true)
                Take(await endpoint.AcceptAsync());
        }
        catch (ObjectDisposedException)
        {
            // The relay goes down.
        }
    }

    // By now the endpoint has shown that it is where it says, so it can be counted there.
    private void Take(QuicConnection connection)
    {
        var source = SourceLimit.Source(connection.RemoteEndPoint.Address);
        if (!_sources.TryEnter(source))
        {
            Interlocked.Increment(ref metrics.ConnectionsRefusedPerAddress);
            _ = connection.CloseAsync(Protocol.FinishedCode, "too many connections");
            return;
        }

        Interlocked.Increment(ref metrics.AddressConnections);
        Interlocked.Increment(ref metrics.AddressesTold);
        connection.Closed.ContinueWith(
            _ =>
            {
                _sources.Leave(source);
                Interlocked.Decrement(ref metrics.AddressConnections);
            },
            CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }
}
