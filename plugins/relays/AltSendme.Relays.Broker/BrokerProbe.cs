using System.Net.Sockets;
using AltSendme.Abstractions;

namespace AltSendme.Relays.Broker;

/// <summary>How far away a broker is: the time of a TCP connection, which is one round trip and needs no login. Brokers know such visits from load balancers.</summary>
internal sealed class BrokerProbe(TimeProvider timeProvider)
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(5);

    public async ValueTask<RelayReport> MeasureAsync(Uri broker, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(Limit, timeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        using var client = new TcpClient();
        try
        {
            var start = timeProvider.GetTimestamp();
            await client.ConnectAsync(broker.IdnHost, BrokerAddress.Port(broker), either.Token);
            return new RelayReport(timeProvider.GetElapsedTime(start));
        }
        catch (SocketException exception)
        {
            return new RelayReport(null, $"{broker.Host} can't be reached: {exception.Message}");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new RelayReport(null, $"{broker.Host} did not answer within {Limit.TotalSeconds:0} seconds");
        }
    }
}
