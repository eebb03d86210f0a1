using AltSendme.Service.Api;
using AltSendme.Service.Client;
using AltSendme.Service.Web.Origin;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace AltSendme.Service.Web;

/// <summary>What only windows have (docs/protocol/window.md).</summary>
internal static class WebRoutes
{
    private const string Uploads = "/api/web/spools/";

    public static void MapWeb(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/me", static (HttpContext context, Desk desk) => TypedResults.Ok(desk.Describe(context.Request.Headers.AcceptLanguage)));
        routes.MapGet("/windows/{id}", Window).OrErrors(StatusCodes.Status404NotFound);
    }

    /// <summary>Whether a request brings the content of a file.</summary>
    public static bool IsUpload(HttpRequest request) => HttpMethods.IsPut(request.Method) && request.Path.StartsWithSegments(Uploads.TrimEnd('/'), StringComparison.Ordinal);

    private static Ok<OpenedWindow> Window(string id, OriginHostReference origin) =>
        origin.Host.Doors.Find(id) is { } order
            ? TypedResults.Ok(new OpenedWindow(order.Page, order.Ticket, order.Share, order.Receive))
            : throw new ServiceException(ServiceCodes.NotFound, "This window was opened too long ago to know what for.");
}
