using AltSendme.Service.Client.Contract;
using AltSendme.Service.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace AltSendme.Service.Api;

/// <summary>Windows: prepare one for a browser.</summary>
internal static class WindowRoutes
{
    public static void MapWindows(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/windows", OpenAsync).WithTags("windows").WithName("OpenWindow")
            .WithSummary("Prepares a window: listens on loopback if need be, and answers with a private file that lets one browser in, once (docs/protocol/window.md).")
            .OrErrors(StatusCodes.Status400BadRequest, StatusCodes.Status404NotFound, StatusCodes.Status422UnprocessableEntity, StatusCodes.Status429TooManyRequests);

    private static async Task<Ok<WindowView>> OpenAsync(WindowOrder order, LoopbackOrigin origin, CancellationToken cancellationToken) => TypedResults.Ok(await origin.OpenAsync(order, cancellationToken));
}
