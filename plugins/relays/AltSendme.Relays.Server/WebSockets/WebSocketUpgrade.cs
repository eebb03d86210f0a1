using System.Security.Cryptography;
using System.Text;
using AltSendme.RelayProtocol;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace AltSendme.Relays.Server.WebSockets;

/// <summary>The server's side of the opening handshake (RFC 6455, section 4.2). The framework's own WebSocket costs a read, a copy and a task for each message; a relay takes many from one read.</summary>
internal static class WebSocketUpgrade
{
    private const string Version = "13";
    private const int KeyLength = 16;

    // RFC 6455, section 1.3.
    private static ReadOnlySpan<byte> Guid => "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"u8;

    /// <summary>Checks a request; the answer is an HTTP status, 101 when it may go on.</summary>
    public static int Check(HttpContext context, out RelayVersion version, out string? protocol)
    {
        version = default;
        protocol = null;
        var headers = context.Request.Headers;
        if (!HttpMethods.IsGet(context.Request.Method))
            return StatusCodes.Status405MethodNotAllowed;
        if (context.Features.Get<IHttpUpgradeFeature>() is not { IsUpgradableRequest: true } || !headers.Upgrade.ToString().Equals("websocket", StringComparison.OrdinalIgnoreCase))
        {
            context.Response.Headers.Upgrade = "websocket";
            return StatusCodes.Status426UpgradeRequired;
        }

        if (headers.SecWebSocketVersion != Version)
        {
            context.Response.Headers.SecWebSocketVersion = Version;
            return StatusCodes.Status400BadRequest;
        }

        Span<byte> key = stackalloc byte[KeyLength + 2];
        return Convert.TryFromBase64String(headers.SecWebSocketKey.ToString(), key, out var length) && length == KeyLength && RelayVersions.TryPick(headers.SecWebSocketProtocol.ToString(), out version, out protocol)
            ? StatusCodes.Status101SwitchingProtocols
            : StatusCodes.Status400BadRequest;
    }

    /// <summary>Answers and gives the stream, on which frames flow from here on.</summary>
    public static Task<Stream> AcceptAsync(HttpContext context, string protocol)
    {
        var headers = context.Response.Headers;
        headers.Upgrade = "websocket";
        headers.Connection = "Upgrade";
        headers.SecWebSocketAccept = AcceptKey(context.Request.Headers.SecWebSocketKey.ToString());
        headers.SecWebSocketProtocol = protocol;
        return context.Features.GetRequiredFeature<IHttpUpgradeFeature>().UpgradeAsync();
    }

    internal static string AcceptKey(string key)
    {
#pragma warning disable CA5350 // The RFC names SHA-1; nothing is protected by it.
        return Convert.ToBase64String(SHA1.HashData([.. Encoding.ASCII.GetBytes(key), .. Guid]));
#pragma warning restore CA5350
    }
}
