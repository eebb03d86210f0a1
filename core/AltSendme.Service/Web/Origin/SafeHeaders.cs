using Microsoft.AspNetCore.Http;

namespace AltSendme.Service.Web.Origin;

/// <summary>What every answer of the windows' origin tells the browser to forbid.</summary>
internal static class SafeHeaders
{
    /// <summary>Only what comes from this origin runs, is shown or is asked, and nothing may frame it. Texts never become markup, not even by a slip (Trusted Types).</summary>
    public const string ContentSecurityPolicy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; manifest-src 'self'; "
        + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'";

    /// <summary>Put on before anything else can answer.</summary>
    public static Task AddAsync(HttpContext context, RequestDelegate next)
    {
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = ContentSecurityPolicy;
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers["Cross-Origin-Embedder-Policy"] = "require-corp";
        headers["Permissions-Policy"] = "camera=(), microphone=(), geolocation=(), payment=(), usb=(), clipboard-read=(self), clipboard-write=(self)";
        headers["X-Permitted-Cross-Domain-Policies"] = "none";
        headers["Origin-Agent-Cluster"] = "?1";
        headers.CacheControl = "no-store";
        return next(context);
    }
}
