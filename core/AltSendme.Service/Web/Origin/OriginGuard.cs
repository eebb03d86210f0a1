using System.Globalization;
using System.Net;
using AltSendme.Service.Client;
using AltSendme.Service.Web.Sessions;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace AltSendme.Service.Web.Origin;

/// <summary>
/// What every request to the windows' origin passes: it names this very address, comes from a window of ours or from the person, has a session, and asks in a form that no foreign page can make.
/// </summary>
internal static class OriginGuard
{
    private const string FetchSite = "Sec-Fetch-Site";
    private const string FetchDestination = "Sec-Fetch-Dest";
    private const string SameOrigin = "same-origin";

    public static async Task RunAsync(HttpContext context, RequestDelegate next)
    {
        var request = context.Request;
        var authority = string.Create(CultureInfo.InvariantCulture, $"{IPAddress.Loopback}:{context.Connection.LocalPort}");

        // A name that somebody made to lead here (DNS rebinding) still stands in the request.
        if (request.Host.Value != authority)
            throw Foreign("The request names another host.");
        CheckMethod(request);
        var sessions = context.RequestServices.GetRequiredService<SessionBook>();
        if (request.Path == EntranceRoutes.Path)
        {
            await next(context);
            return;
        }

        CheckSite(request, "http://" + authority);
        var session = sessions.Find(context);
        (session?.Budget ?? sessions.Strangers).TakeOrThrow();
        if (SiteRoutes.IsPublic(request.Path))
        {
            await next(context);
            return;
        }

        if (session is null)
        {
            if (SiteRoutes.IsPage(request.Path))
            {
                await SiteRoutes.DenyAsync(context);
                return;
            }

            throw new ServiceException(ServiceCodes.NoSession, "This window is not let in: open it again from AltSendme.");
        }

        CheckForm(request);
        var use = context.RequestServices.GetRequiredService<OriginUse>();
        use.Enter();
        try
        {
            await next(context);
        }
        finally
        {
            use.Leave();
        }
    }

    private static void CheckMethod(HttpRequest request)
    {
        if (!IsRead(request) && !HttpMethods.IsPost(request.Method) && !HttpMethods.IsPut(request.Method) && !HttpMethods.IsDelete(request.Method))
            throw Foreign("There is no such method here.");
    }

    /// <summary>Other sites' pages are told apart by what browsers say of who asks, twice; whoever changes something must say it.</summary>
    private static void CheckSite(HttpRequest request, string origin)
    {
        if (request.Headers.Origin is { Count: > 0 } from ? from != origin : !IsRead(request))
            throw Foreign("The request comes from another site.");
        if (request.Headers[FetchSite] is not { Count: > 0 } site || site == SameOrigin)
            return;

        // A page may be opened from anywhere, by a person: what comes across sites comes without the cookie.
        if (!IsRead(request) || !SiteRoutes.IsPage(request.Path) || request.Headers[FetchDestination] != "document")
            throw Foreign("The request comes from another site.");
    }

    /// <summary>Bodies are of types that a form of a foreign page can't send.</summary>
    private static void CheckForm(HttpRequest request)
    {
        if (IsRead(request) || (request.ContentLength is null or 0 && !request.Headers.ContainsKey("Transfer-Encoding")))
            return;
        var wanted = WebRoutes.IsUpload(request) ? "application/octet-stream" : "application/json";
        if (!string.Equals(request.ContentType?.Split(';')[0].Trim(), wanted, StringComparison.OrdinalIgnoreCase))
            throw new ServiceException(ServiceCodes.BadRequest, $"The body must be of the type {wanted}.");
    }

    private static bool IsRead(HttpRequest request) => HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method);

    private static ServiceException Foreign(string message) => new(ServiceCodes.Foreign, message);
}
