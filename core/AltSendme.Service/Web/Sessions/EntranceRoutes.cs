using System.Buffers.Text;
using System.Globalization;
using AltSendme.Service.Web.Origin;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace AltSendme.Service.Web.Sessions;

/// <summary>Where a browser hands in a window's secret and gets a session for it.</summary>
internal static class EntranceRoutes
{
    /// <summary>The one address that takes requests from elsewhere: the secret is what it goes by.</summary>
    public const string Path = "/session";

    private const int MaxBodyBytes = 1024;
    private const int MaxSecretLength = 64;

    public static void MapEntrance(this IEndpointRouteBuilder routes) => routes.MapPost(Path, EnterAsync);

    /// <summary>
    /// Answers with a page, not with a redirection: the cookie is not sent with what follows a start at another site, and is with what a page of our own does next.
    /// </summary>
    private static async Task EnterAsync(HttpContext context)
    {
        var doors = context.RequestServices.GetRequiredService<OriginHostReference>().Host.Doors;
        var sessions = context.RequestServices.GetRequiredService<SessionBook>();
        if (await SecretAsync(context) is not { } secret || doors.TryOpen(secret) is not { } window)
        {
            // Counted only when wrong: nobody can keep the right one out by trying.
            sessions.Strangers.TakeOrThrow();
            await SiteRoutes.DenyAsync(context);
            return;
        }

        sessions.Begin(context);
        await SiteRoutes.EnterAsync(context, string.Create(CultureInfo.InvariantCulture, $"/{window.Order.Page.ToString().ToLowerInvariant()}?w={window.Id}"));
    }

    private static async Task<byte[]?> SecretAsync(HttpContext context)
    {
        context.Features.GetRequiredFeature<IHttpMaxRequestBodySizeFeature>().MaxRequestBodySize = MaxBodyBytes;
        if (!context.Request.HasFormContentType)
            return null;
        try
        {
            var form = await context.Request.ReadFormAsync(new FormOptions { KeyLengthLimit = MaxSecretLength, ValueCountLimit = 2, ValueLengthLimit = MaxSecretLength }, context.RequestAborted);
            var text = form["secret"].ToString();
            return Base64Url.IsValid(text) ? Base64Url.DecodeFromChars(text) : null;
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }
}
