using System.Collections.Frozen;
using System.Net;
using System.Reflection;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace AltSendme.Service.Web;

/// <summary>The windows' pages and what they load, out of the program itself: a name is looked up, never made a path.</summary>
internal static class SiteRoutes
{
    private const string Root = "site/";
    private const string Assets = "/assets/";
    private const string Target = "{{target}}";
    private const string Html = "text/html; charset=utf-8";

    private static readonly FrozenDictionary<string, string> Types = new Dictionary<string, string>
    {
        [".css"] = "text/css; charset=utf-8",
        [".js"] = "text/javascript; charset=utf-8",
        [".json"] = "application/json; charset=utf-8",
        [".svg"] = "image/svg+xml",
        [".png"] = "image/png",
        [".ico"] = "image/x-icon",
        [".woff2"] = "font/woff2",
        [".webmanifest"] = "application/manifest+json",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly FrozenSet<string> Pages = FrozenSet.Create(StringComparer.Ordinal, "/", "/receive", "/share", "/settings");

    // Names of resources as they were built; a build on Windows has its own separators.
    private static readonly Lazy<FrozenDictionary<string, string>> Files = new(static () =>
        Assembly.GetExecutingAssembly().GetManifestResourceNames().Where(static name => name.StartsWith(Root, StringComparison.Ordinal)).ToFrozenDictionary(static name => name[Root.Length..].Replace('\\', '/'), StringComparer.Ordinal));

    /// <summary>Whether an address is that of a window.</summary>
    public static bool IsPage(PathString path) => path.Value is { } text && Pages.Contains(text);

    /// <summary>Whether anybody may have it: styles, scripts and words, which are the same for everybody and hold nothing of this user.</summary>
    public static bool IsPublic(PathString path) => path.Value is { } text && (text.StartsWith(Assets, StringComparison.Ordinal) || text == "/favicon.ico");

    public static void MapSite(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/", static context => SendAsync(context, "receive.html", Html));
        routes.MapGet("/receive", static context => SendAsync(context, "receive.html", Html));
        routes.MapGet("/share", static context => SendAsync(context, "share.html", Html));
        routes.MapGet("/settings", static context => SendAsync(context, "settings.html", Html));
        routes.MapGet("/favicon.ico", static context => SendAssetAsync(context, "assets/favicon.ico"));
        routes.MapGet(Assets + "{**name}", static context => SendAssetAsync(context, $"assets/{context.Request.RouteValues["name"]}"));
    }

    /// <summary>The page for whoever has no session: it says how to get one.</summary>
    public static Task DenyAsync(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status401Unauthorized;
        return SendAsync(context, "denied.html", Html);
    }

    /// <summary>The page that a browser gets with its session, and that leads on to the window.</summary>
    public static async Task EnterAsync(HttpContext context, string target)
    {
        using var reader = new StreamReader(Open("enter.html")!, Encoding.UTF8);
        context.Response.ContentType = Html;
        await context.Response.WriteAsync((await reader.ReadToEndAsync(context.RequestAborted)).Replace(Target, WebUtility.HtmlEncode(target), StringComparison.Ordinal), context.RequestAborted);
    }

    private static Task SendAssetAsync(HttpContext context, string name)
    {
        if (Types.TryGetValue(Path.GetExtension(name), out var type))
            return SendAsync(context, name, type);
        context.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    }

    private static async Task SendAsync(HttpContext context, string name, string type)
    {
        await using var content = Open(name);
        if (content is null)
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        context.Response.ContentType = type;
        context.Response.ContentLength = content.Length;
        await content.CopyToAsync(context.Response.Body, context.RequestAborted);
    }

    private static Stream? Open(string name) => Files.Value.TryGetValue(name, out var resource) ? Assembly.GetExecutingAssembly().GetManifestResourceStream(resource) : null;
}
