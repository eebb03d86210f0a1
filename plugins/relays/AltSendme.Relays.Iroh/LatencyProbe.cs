using System.Net;
using AltSendme.Abstractions;
using AltSendme.RelayProtocol;

namespace AltSendme.Relays.Iroh;

/// <summary>Measures the round trip to a relay by asking it for <see cref="RelayHttp.PingPath"/>: once to open the connection, once with the clock running.</summary>
internal sealed class LatencyProbe(RelayWeb web, TimeProvider timeProvider)
{
    /// <summary>What a wrong answer often means.</summary>
    public const string PortalHint = "if this network asks you to sign in first, open a web page in a browser and do so";

    private readonly PortalProbe _portal = new(web, timeProvider);

    public async ValueTask<RelayReport> MeasureAsync(Uri relay, CancellationToken cancellationToken)
    {
        if (web.Objection(relay) is { } objection)
            return new RelayReport(null, objection);
        var report = await AskTwiceAsync(relay, cancellationToken);
        return report.Latency is null && await _portal.FindsOneAsync(relay, cancellationToken) ? report with { Detail = $"{report.Detail}; {PortalProbe.Finding}" } : report;
    }

    private async Task<RelayReport> AskTwiceAsync(Uri relay, CancellationToken cancellationToken)
    {
        // Cancelled by the caller, or when the relay takes too long.
        using var limit = new CancellationTokenSource(RelayWeb.AnswerLimit, timeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            if (await AskAsync(relay, either.Token) is { } objectionToAnswer)
                return new RelayReport(null, objectionToAnswer);
            var start = timeProvider.GetTimestamp();
            return await AskAsync(relay, either.Token) is { } later ? new RelayReport(null, later) : new RelayReport(timeProvider.GetElapsedTime(start));
        }
        catch (HttpRequestException exception)
        {
            return new RelayReport(null, RelayConnector.Reason(relay, exception));
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return new RelayReport(null, $"{relay.Host} did not answer within {RelayWeb.AnswerLimit.TotalSeconds:0} seconds");
        }
    }

    private async Task<string?> AskAsync(Uri relay, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, RelayWeb.Address(relay, RelayHttp.PingPath, webSocket: false));
        using var response = await web.Invoker.SendAsync(request, cancellationToken);
        return response.StatusCode switch
        {
            HttpStatusCode.OK => null,
            >= HttpStatusCode.Ambiguous and < HttpStatusCode.BadRequest => $"something else answers in place of {relay.Host} (HTTP {(int)response.StatusCode}); {PortalHint}",
            HttpStatusCode.ProxyAuthenticationRequired => "the proxy asks for a name and password (HTTP 407)",
            _ => $"{relay.Host} answers with HTTP {(int)response.StatusCode}",
        };
    }
}
