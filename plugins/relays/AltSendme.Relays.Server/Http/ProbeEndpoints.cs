using AltSendme.RelayProtocol;
using Microsoft.AspNetCore.Http;

namespace AltSendme.Relays.Server.Http;

/// <summary>The small answers: distance, captive portal, health.</summary>
internal static class ProbeEndpoints
{
    private const int MaxChallenge = 63;

    public static Task Ping(HttpContext context)
    {
        // Web pages may measure too, as with iroh's relay.
        context.Response.Headers.AccessControlAllowOrigin = "*";
        return Task.CompletedTask;
    }

    public static Task Portal(HttpContext context)
    {
        var challenge = context.Request.Headers[RelayHttp.PortalChallengeHeader].ToString();
        if (challenge.Length is > 0 and <= MaxChallenge && challenge.All(static c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_'))
            context.Response.Headers[RelayHttp.PortalResponseHeader] = $"response {challenge}";
        context.Response.StatusCode = StatusCodes.Status204NoContent;
        return Task.CompletedTask;
    }

    public static Task Health(HttpContext context)
    {
        context.Response.ContentType = "application/json";
        return context.Response.WriteAsync("{\"status\":\"ok\"}", context.RequestAborted);
    }
}
