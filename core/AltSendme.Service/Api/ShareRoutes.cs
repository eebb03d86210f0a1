using AltSendme.Service.Client.Contract;
using AltSendme.Service.Shares;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace AltSendme.Service.Api;

/// <summary>Shares: make, list, show, stop.</summary>
internal static class ShareRoutes
{
    public static void MapShares(this IEndpointRouteBuilder routes)
    {
        var shares = routes.MapGroup("/shares").WithTags("shares");
        shares.MapGet("", (ShareBook book) => TypedResults.Ok(book.All)).WithName("ListShares").WithSummary("All shares, the oldest first.");
        shares.MapPost("", CreateAsync).WithName("CreateShare").WithSummary("Makes a share of paths or a text. Answers with the ticket once everything is hashed, or at once with wait: false.")
            .OrErrors(StatusCodes.Status400BadRequest, StatusCodes.Status403Forbidden, StatusCodes.Status422UnprocessableEntity, StatusCodes.Status429TooManyRequests);
        shares.MapGet("/{id}", (string id, ShareBook book) => TypedResults.Ok(book.Find(id).View)).WithName("GetShare").WithSummary("One share.").OrErrors(StatusCodes.Status404NotFound);
        shares.MapDelete("/{id}", StopAsync).WithName("StopShare").WithSummary("Ends a share and forgets it.").OrErrors(StatusCodes.Status404NotFound);
    }

    private static async Task<Results<Created<ShareView>, Accepted<ShareView>>> CreateAsync(ShareOrder order, ShareDesk desk, CancellationToken cancellationToken)
    {
        if (order.Wait == false)
        {
            var view = desk.Begin(order).View;
            return TypedResults.Accepted(Location(view), view);
        }

        var ready = await desk.OrderAsync(order, cancellationToken);
        return TypedResults.Created(Location(ready), ready);
    }

    private static string Location(ShareView view) => $"/v1/shares/{view.Id}";

    private static async Task<NoContent> StopAsync(string id, ShareBook book)
    {
        await book.RemoveAsync(id);
        return TypedResults.NoContent();
    }
}
