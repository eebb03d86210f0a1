using AltSendme.Service.Api;
using AltSendme.Service.Client;
using AltSendme.Service.Shares;
using AltSendme.Service.Web.Folders;
using AltSendme.Service.Web.Origin;
using AltSendme.Service.Web.Preferences;
using AltSendme.Service.Web.Spools;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace AltSendme.Service.Web;

/// <summary>What only windows have (docs/protocol/window.md).</summary>
internal static class WebRoutes
{
    /// <summary>Where they are.</summary>
    public const string Path = "/api/web";

    public static void MapWeb(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/me", static async (HttpContext context, Desk desk) => TypedResults.Ok(await desk.DescribeAsync(context.Request.Headers.AcceptLanguage, context.RequestAborted)));
        routes.MapGet("/windows/{id}", Window).OrErrors(StatusCodes.Status404NotFound);
        routes.MapGet("/shares/{id}/qr", static (string id, ShareBook book) => TypedResults.Text(QrImage.ToSvg(Ticket(id, book)), "image/svg+xml"));
        routes.MapFolders();
        routes.MapSpools();
        routes.MapGet("/settings", static (PreferenceDesk desk) => TypedResults.Ok(desk.View));
        routes.MapPut("/settings", static async (PreferencesOrder order, PreferenceDesk desk, CancellationToken cancellationToken) => TypedResults.Ok(await desk.ChangeAsync(order, cancellationToken)));
        routes.MapPost("/relays/test", static async (RelayEndpoint relay, PreferenceDesk desk, CancellationToken cancellationToken) => TypedResults.Ok(await desk.TestAsync(relay, cancellationToken)));
    }

    /// <summary>Whether a request brings the content of a file.</summary>
    public static bool IsUpload(HttpRequest request) => HttpMethods.IsPut(request.Method) && request.Path.StartsWithSegments(Path + SpoolRoutes.Path, StringComparison.Ordinal);

    private static Ok<OpenedWindow> Window(string id, OriginHostReference origin) =>
        origin.Host.Doors.Find(id) is { } order
            ? TypedResults.Ok(new OpenedWindow(order.Page, order.Ticket, order.Share, order.Receive, order.Notice))
            : throw new ServiceException(ServiceCodes.NotFound, "This window was opened too long ago to know what for.");

    private static string Ticket(string id, ShareBook book) => book.Find(id).View.Ticket ?? throw new ServiceException(ServiceCodes.Conflict, "The share has no ticket now.");
}
