using AltSendme.Service.Client;
using AltSendme.Service.Client.Contract;
using AltSendme.Service.Shares;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace AltSendme.Service.Web.Spools;

/// <summary>Uploads: begin, add, look, cancel, share.</summary>
internal static class SpoolRoutes
{
    /// <summary>Where they are.</summary>
    public const string Path = "/spools";

    public static void MapSpools(this IEndpointRouteBuilder routes)
    {
        var spools = routes.MapGroup(Path);
        spools.MapPost("", static (SpoolBook book) => TypedResults.Created((string?)null, book.Make().View));
        spools.MapGet("/{id}", static (string id, SpoolBook book) => TypedResults.Ok(book.Find(id).View));
        spools.MapPut("/{id}/files", AppendAsync);
        spools.MapPost("/{id}/share", ShareAsync);
        spools.MapDelete("/{id}", static (string id, SpoolBook book) =>
        {
            book.Discard(id);
            return TypedResults.NoContent();
        });
    }

    private static async Task<Ok<SpoolFileView>> AppendAsync(string id, string name, long offset, HttpContext context, SpoolBook book)
    {
        // As large as the drive: room is asked for while it comes.
        context.Features.GetRequiredFeature<IHttpMaxRequestBodySizeFeature>().MaxRequestBodySize = null;
        return TypedResults.Ok(await book.Find(id).AppendAsync(name, offset, context.Request.ContentLength, context.Request.Body, context.RequestAborted));
    }

    private static async Task<Results<Created<ShareView>, Accepted<ShareView>>> ShareAsync(string id, ShareOrder order, SpoolBook spools, ShareBook shares, ShareDesk desk, CancellationToken cancellationToken)
    {
        if (order.Paths.Count > 0 || order.Text is not null)
            throw new ServiceException(ServiceCodes.BadRequest, "The share of an upload has no paths and no text.");
        var spool = spools.Find(id);
        var share = shares.Create(order, spool.Close());
        spools.Discard(id);
        if (order.Wait == false)
            return TypedResults.Accepted((string?)null, share.View);
        return TypedResults.Created((string?)null, await desk.ReadyAsync(share, cancellationToken));
    }
}
