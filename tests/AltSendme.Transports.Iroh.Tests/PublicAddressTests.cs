using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using AltSendme.Quic;
using AltSendme.Quic.Driver;
using AltSendme.Quic.Tls;
using AltSendme.Transports.Iroh.PublicAddresses;
using Microsoft.Extensions.Logging;
using Protocol = AltSendme.RelayProtocol.AddressDiscovery;

namespace AltSendme.Transports.Iroh.Tests;

/// <summary>An endpoint asks its relay at which address it is seen.</summary>
public sealed class PublicAddressTests : IAsyncDisposable
{
    private static readonly Uri Relay = new("https://localhost/");
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly X509Certificate2 _certificate = Certify();
    private readonly QuicEndpoint _relay;
    private readonly QuicEndpoint _endpoint = QuicEndpoint.Bind(new QuicEndpointOptions { LocalEndPoint = new IPEndPoint(IPAddress.Loopback, 0) });
    private readonly UnknownLog _log = new();
    private readonly SemaphoreSlim _changes = new(0);
    private readonly CancellationTokenSource _limit = new(Patience);

    public PublicAddressTests() => _relay = Serve(_certificate);

    public async ValueTask DisposeAsync()
    {
        await _endpoint.DisposeAsync();
        await _relay.DisposeAsync();
        _certificate.Dispose();
        _changes.Dispose();
        _limit.Dispose();
    }

    [Fact]
    public async Task The_address_is_known_while_the_relay_is_there()
    {
        await using var watch = Watch([_certificate]);
        watch.Ask(Relay);
        await _changes.WaitAsync(_limit.Token);
        Assert.Equal([_endpoint.LocalEndPoint], watch.Current);

        await _relay.DisposeAsync();
        await _changes.WaitAsync(_limit.Token);
        Assert.Empty(watch.Current);
    }

    [Fact]
    public async Task When_no_relay_is_asked_any_more_the_address_is_forgotten_and_the_connection_ends()
    {
        await using var watch = Watch([_certificate]);
        watch.AskIfNone(Relay);
        await _changes.WaitAsync(_limit.Token);
        var held = await _relay.AcceptAsync(_limit.Token);

        watch.Ask(null);
        await _changes.WaitAsync(_limit.Token);

        Assert.Empty(watch.Current);
        Assert.Equal((Protocol.FinishedCode, Protocol.FinishedReason), ((await held.Closed.WaitAsync(_limit.Token)).Code, (await held.Closed).Text));
    }

    [Fact]
    public async Task A_relay_that_does_not_prove_its_name_is_not_believed()
    {
        await using var watch = Watch([]);
        watch.Ask(Relay);
        await _log.Unknown.WaitAsync(_limit.Token);

        Assert.Empty(watch.Current);
        Assert.Equal(0, _changes.CurrentCount);
    }

    [Fact]
    public async Task A_relay_without_TLS_is_not_asked()
    {
        await using var watch = Watch([_certificate]);

        watch.Ask(new Uri("http://localhost/"));
        await watch.DisposeAsync();

        Assert.Empty(watch.Current);
    }

    private PublicAddressWatch Watch(X509Certificate2Collection authorities) =>
        new(_endpoint, authorities, TimeProvider.System, _log, _relay.LocalEndPoint.Port) { OnChanged = () => _changes.Release() };

    private static QuicEndpoint Serve(X509Certificate2 certificate)
    {
        var shown = new ServerCertificate(certificate);
        return QuicEndpoint.Bind(new QuicEndpointOptions
        {
            LocalEndPoint = new IPEndPoint(IPAddress.Loopback, 0),
            Certificate = () => shown,
            ApplicationProtocols = [Protocol.Alpn],
            Connection = new ConnectionOptions { AddressDiscovery = AddressDiscoveryRole.Report },
        });
    }

    private static X509Certificate2 Certify()
    {
        var request = new CertificateRequest("CN=relay", ECDsa.Create(ECCurve.NamedCurves.nistP256), HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        request.CertificateExtensions.Add(names.Build());
        return request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
    }

    // Tells when an attempt to learn the address has failed.
    private sealed class UnknownLog : ILogger
    {
        private const int PublicAddressUnknown = 6010;

        private readonly TaskCompletionSource _unknown = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Unknown => _unknown.Task;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (eventId.Id == PublicAddressUnknown)
                _unknown.TrySetResult();
        }
    }
}
