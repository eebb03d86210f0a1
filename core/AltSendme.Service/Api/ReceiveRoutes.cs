using AltSendme.Service.Client.Contract;
using AltSendme.Service.Receives;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace AltSendme.Service.Api;

/// <summary>Receives: preview, begin, list, show, cancel, resume, discard.</summary>
internal static class ReceiveRoutes
{
    public static void MapReceives(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/previews", PreviewAsync).WithTags("receives").WithName("Preview").WithSummary("Asks the sender what a ticket names. Fetches and keeps nothing.")
            .OrErrors(StatusCodes.Status400BadRequest, StatusCodes.Status403Forbidden, StatusCodes.Status422UnprocessableEntity, StatusCodes.Status429TooManyRequests);
        var receives = routes.MapGroup("/receives").WithTags("receives");
        receives.MapGet("", (ReceiveBook book) => TypedResults.Ok(book.All)).WithName("ListReceives").WithSummary("All receives, the oldest first.");
        receives.MapPost("", OrderAsync).WithName("StartReceive").WithSummary("Begins to receive, or goes on with what was begun for the same content and folder. To order it is to agree to it.")
            .OrErrors(StatusCodes.Status400BadRequest, StatusCodes.Status403Forbidden, StatusCodes.Status409Conflict, StatusCodes.Status422UnprocessableEntity, StatusCodes.Status429TooManyRequests);
        receives.MapGet("/{id}", (string id, ReceiveBook book) => TypedResults.Ok(book.Find(id).View)).WithName("GetReceive").WithSummary("One receive.").OrErrors(StatusCodes.Status404NotFound);
        receives.MapPost("/{id}/cancel", CancelAsync).WithName("CancelReceive").WithSummary("Stops a receive. What was verified stays.").OrErrors(StatusCodes.Status404NotFound);
        receives.MapPost("/{id}/resume", ResumeAsync).WithName("ResumeReceive").WithSummary("Goes on with a receive, or tries the sender at once where it waits.").OrErrors(StatusCodes.Status404NotFound, StatusCodes.Status409Conflict);
        receives.MapDelete("/{id}", DiscardAsync).WithName("DiscardReceive").WithSummary("Forgets a receive, and removes what is unfinished of it. What is complete stays.").OrErrors(StatusCodes.Status404NotFound, StatusCodes.Status422UnprocessableEntity);
    }

    private static async Task<Ok<PreviewView>> PreviewAsync(PreviewOrder order, ReceivePreviewer previewer, CancellationToken cancellationToken) => TypedResults.Ok(await previewer.PreviewAsync(order, cancellationToken));

    private static async Task<Created<ReceiveView>> OrderAsync(ReceiveOrder order, ReceiveBook book)
    {
        var view = (await book.OrderAsync(order)).View;
        return TypedResults.Created($"/v1/receives/{view.Id}", view);
    }

    private static async Task<Ok<ReceiveView>> CancelAsync(string id, ReceiveBook book)
    {
        var receive = book.Find(id);
        await receive.CancelAsync();
        return TypedResults.Ok(receive.View);
    }

    private static async Task<Ok<ReceiveView>> ResumeAsync(string id, ReceiveBook book)
    {
        var receive = book.Find(id);
        await receive.ResumeAsync(null);
        return TypedResults.Ok(receive.View);
    }

    private static async Task<NoContent> DiscardAsync(string id, ReceiveBook book)
    {
        await book.DiscardAsync(id);
        return TypedResults.NoContent();
    }
}
