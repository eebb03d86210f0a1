using AltSendme.Service.Api;
using AltSendme.Service.Hosting;
using AltSendme.Service.Receives;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace AltSendme.Service.Web.Folders;

/// <summary>Folders: look, make one, ask for room, show what was received.</summary>
internal static class FolderRoutes
{
    public static void MapFolders(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/folders", static (string? path, bool? files, bool? hidden, LiveCore core) =>
            TypedResults.Ok(FolderList.Read(path ?? FolderList.Nearest(ReceiveOrders.Destination(null, core.Current)), files == true, hidden == true)));
        routes.MapPost("/folders", static (FolderOrder order) =>
        {
            var made = FolderList.Make(order);
            return TypedResults.Created((string?)null, made);
        });
        routes.MapGet("/space", static (string path) => TypedResults.Ok(new SpaceView(FolderList.Checked(path), FreeSpace.At(path))));
        routes.MapPost("/receives/{id}/open", OpenAsync).OrErrors(StatusCodes.Status404NotFound, StatusCodes.Status409Conflict);
        routes.MapGet("/receives/{id}/text", static async (string id, ReceiveBook book, CancellationToken cancellationToken) => TypedResults.Ok(await ReceivedText.ReadAsync(book.Find(id).View, cancellationToken)))
            .OrErrors(StatusCodes.Status404NotFound, StatusCodes.Status409Conflict);
        routes.MapPost("/pick", static async (PickOrder order, NativeDialog dialog, CancellationToken cancellationToken) => TypedResults.Ok(await dialog.PickAsync(order, cancellationToken)));
    }

    private static async Task<NoContent> OpenAsync(string id, ReceiveBook book, ReceivedFolder folder, CancellationToken cancellationToken)
    {
        await folder.ShowAsync(book.Find(id).View, cancellationToken);
        return TypedResults.NoContent();
    }
}
