using System.Net;
using System.Net.Sockets;
using AltSendme.Abstractions;
using AltSendme.Quic;
using AltSendme.Quic.Driver;
using AltSendme.Quic.Paths;
using AltSendme.Quic.Tls;
using AltSendme.RelayProtocol;

namespace AltSendme.Relays.Iroh;

/// <summary>Asks a relay over QUIC at which address it sees this machine, from a socket made for the question.</summary>
internal sealed class AddressProbe(RelayClientOptions options, TimeProvider timeProvider)
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(5);

    /// <summary>Asks once.</summary>
    public async ValueTask<ObservedAddressReport> AskAsync(Uri relay, CancellationToken cancellationToken)
    {
        if (relay.Scheme != Uri.UriSchemeHttps)
            return new ObservedAddressReport(null, $"{relay.Host} is used without TLS, so it has no certificate to prove itself with over UDP");

        // Cancelled by the caller, or when the relay takes too long.
        using var limit = new CancellationTokenSource(Limit, timeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            var host = relay.IdnHost.TrimEnd('.');
            var addresses = await Dns.GetHostAddressesAsync(host, either.Token);
            return addresses is [var first, ..] ? await AskAsync(host, first, either.Token) : new ObservedAddressReport(null, $"{host} has no address");
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return Silence(relay.Host);
        }
        catch (QuicConnectionException exception)
        {
            return exception.Reason.Failure == QuicFailure.TimedOut ? Silence(relay.Host) : new ObservedAddressReport(null, exception.Message.TrimEnd('.'));
        }
        catch (Exception exception) when (exception is SocketException or ArgumentException)
        {
            return new ObservedAddressReport(null, exception.Message.TrimEnd('.'));
        }
    }

    private async Task<ObservedAddressReport> AskAsync(string host, IPAddress address, CancellationToken cancellationToken)
    {
        var any = address.AddressFamily == AddressFamily.InterNetwork ? IPAddress.Any : IPAddress.IPv6Any;
        await using var endpoint = QuicEndpoint.Bind(new QuicEndpointOptions { LocalEndPoint = new IPEndPoint(any, 0) });
        var wanted = new ConnectionOptions { AddressDiscovery = AddressDiscoveryRole.Learn, HandshakeTimeout = Limit, MaxBidirectionalStreams = 0, MaxUnidirectionalStreams = 0, MaxDatagramFrameSize = 0 };
        await using var connection = await endpoint.StartConnectAsync(
            NetworkAddress.From(address, AddressDiscovery.Port), new ServerName(host) { Authorities = options.Authorities }, AddressDiscovery.Alpn, wanted);
        await connection.Established.WaitAsync(cancellationToken);
        await foreach (var observed in connection.WatchObservedAddressAsync(cancellationToken))
        {
            if (observed is not { } seen)
                continue;
            await connection.CloseAsync(AddressDiscovery.FinishedCode, AddressDiscovery.FinishedReason);
            return new ObservedAddressReport(seen.ToIPEndPoint());
        }

        return new ObservedAddressReport(null, $"{host} answers on UDP port {AddressDiscovery.Port}, but does not tell addresses");
    }

    private static ObservedAddressReport Silence(string host) =>
        new(null, $"{host} does not answer on UDP port {AddressDiscovery.Port}: a firewall may forbid UDP, or the relay does not tell addresses");
}
