using System.Net;
using AltSendme.RelayProtocol;

namespace AltSendme.Relays.Iroh;

/// <summary>
/// Finds out whether a captive portal answers in place of a relay: asks the relay's host for <see cref="RelayHttp.PortalPath"/> without TLS and with a question that a relay answers and a portal does not
/// (n0-computer/iroh, iroh/src/net_report/reportgen.rs). Asked only when a relay can't be used.
/// </summary>
internal sealed class PortalProbe(RelayWeb web, TimeProvider timeProvider)
{
    /// <summary>What is told where one was found.</summary>
    public const string Finding = "a captive portal seems to intercept this network's traffic: log in there first, by opening any web page in a browser";

    /// <summary>How long the answer may take (iroh: CAPTIVE_PORTAL_TIMEOUT).</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(2);

    /// <summary>Whether something that is no relay answered. No answer at all says nothing.</summary>
    public async Task<bool> FindsOneAsync(Uri relay, CancellationToken cancellationToken)
    {
        // Cancelled by the caller, or when the answer takes too long.
        using var limit = new CancellationTokenSource(Limit, timeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            var challenge = $"ts_{relay.IdnHost.TrimEnd('.')}";
            using var request = new HttpRequestMessage(HttpMethod.Get, web.PortalAddress(relay));
            request.Headers.Add(RelayHttp.PortalChallengeHeader, challenge);
            using var response = await web.Invoker.SendAsync(request, either.Token);
            return !IsRelay(response, challenge) && !IsItself(response, relay);
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException or OperationCanceledException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            return false;
        }
    }

    private static bool IsRelay(HttpResponseMessage response, string challenge) =>
        response.StatusCode == HttpStatusCode.NoContent && response.Headers.TryGetValues(RelayHttp.PortalResponseHeader, out var values) && values.Contains($"response {challenge}", StringComparer.Ordinal);

    // A web server beside the relay often sends everybody on to https at the same name; a portal sends them to itself.
    private static bool IsItself(HttpResponseMessage response, Uri relay) =>
        response.Headers.Location is { IsAbsoluteUri: true } location && location.IdnHost.TrimEnd('.').Equals(relay.IdnHost.TrimEnd('.'), StringComparison.OrdinalIgnoreCase);
}
