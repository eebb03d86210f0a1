using System.Net;
using System.Net.WebSockets;
using System.Security.Authentication;
using AltSendme.Abstractions;
using AltSendme.RelayProtocol;

namespace AltSendme.Relays.Iroh;

/// <summary>Connects to a relay: WebSocket, version, proof of identity.</summary>
internal static class RelayConnector
{
    /// <summary>Gives back a WebSocket on which datagrams may flow; the caller disposes it.</summary>
    /// <exception cref="RelayRefusedException">The relay does not let this endpoint in.</exception>
    /// <exception cref="RelayUnavailableException">It did not work this time.</exception>
    public static async Task<(WebSocket Socket, RelayVersion Version)> ConnectAsync(RelayContext context, RelayWeb web, CancellationToken cancellationToken)
    {
        if (web.Objection(context.Url) is { } objection)
            throw new RelayRefusedException(objection);

        var socket = new ClientWebSocket();
        try
        {
            foreach (var name in RelayVersions.Names)
                socket.Options.AddSubProtocol(name);
            if (context.AccessToken is { } token)
                socket.Options.SetRequestHeader("Authorization", $"Bearer {token}");
            socket.Options.CollectHttpResponseDetails = true;

            // The protocol has pings of its own.
            socket.Options.KeepAliveInterval = TimeSpan.Zero;
            await UpgradeAsync(socket, context.Url, context.AccessToken is not null, web, cancellationToken);
            if (!RelayVersions.TryParse(socket.SubProtocol, out var version))
                throw new RelayUnavailableException($"{context.Url.Host} does not speak iroh's relay protocol");
            await AuthenticateAsync(socket, context, cancellationToken);
            return (socket, version);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static async Task UpgradeAsync(ClientWebSocket socket, Uri relay, bool hasToken, RelayWeb web, CancellationToken cancellationToken)
    {
        try
        {
            await socket.ConnectAsync(RelayWeb.Address(relay, RelayHttp.RelayPath, webSocket: true), web.Invoker, cancellationToken);
        }
        catch (WebSocketException exception)
        {
            var status = (int)socket.HttpStatusCode;
            throw socket.HttpStatusCode switch
            {
                HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden => new RelayRefusedException($"{relay.Host} refuses this endpoint (HTTP {status}); {(hasToken ? "a token was shown" : "no token was shown")}", exception),
                HttpStatusCode.ProxyAuthenticationRequired => new RelayUnavailableException("the proxy asks for a name and password (HTTP 407); set them in HTTPS_PROXY or in Plugins:altsendme.relay:Proxy", exception),
                0 => new RelayUnavailableException(Reason(relay, exception), exception),
                _ when status is >= 200 and < 400 => new RelayUnavailableException($"something else answers in place of {relay.Host} (HTTP {status}); {LatencyProbe.PortalHint}", exception),
                _ => new RelayUnavailableException($"{relay.Host} answers with HTTP {status}", exception),
            };
        }
    }

    /// <summary>What stopped a connection, in one sentence.</summary>
    public static string Reason(Uri relay, Exception exception)
    {
        var cause = exception;
        while (cause.InnerException is { } inner)
        {
            if (cause is AuthenticationException)
                break;
            cause = inner;
        }

        return cause is AuthenticationException
            ? $"the certificate of {relay.Host} is not trusted ({cause.Message}); {LatencyProbe.PortalHint}"
            : $"{relay.Host} can't be reached ({cause.Message})";
    }

    private static async Task AuthenticateAsync(WebSocket socket, RelayContext context, CancellationToken cancellationToken)
    {
        var buffer = new byte[RelayLimits.MaxReason + 64];
        for (var asked = false; ;)
        {
            var length = await ReadMessageAsync(socket, buffer, cancellationToken);
            switch (Answer(buffer.AsSpan(0, length), context, buffer, out var reply))
            {
                case FrameType.ServerConfirmsAuth:
                    return;
                case FrameType.ServerChallenge when !asked:
                    asked = true;
                    await socket.SendAsync(reply, WebSocketMessageType.Binary, endOfMessage: true, cancellationToken);
                    break;
                default:
                    throw new RelayUnavailableException($"{context.Url.Host} asks for an answer twice, which no relay does");
            }
        }
    }

    private static FrameType Answer(ReadOnlySpan<byte> message, RelayContext context, byte[] buffer, out ReadOnlyMemory<byte> reply)
    {
        reply = default;
        if (!AuthAnswer.TryRead(message, out var answer, out var fault))
            throw new RelayUnavailableException($"{context.Url.Host} does not keep to the relay protocol ({fault})");
        if (answer.Type == FrameType.ServerDeniesAuth)
            throw new RelayRefusedException($"{context.Url.Host} refuses this endpoint: {Printable(answer.ReasonText())} ({(context.AccessToken is null ? "no token was shown" : "a token was shown")})");
        if (answer.Type == FrameType.ServerChallenge)
        {
            Span<byte> endpoint = stackalloc byte[EndpointId.Length];
            Span<byte> toSign = stackalloc byte[Challenge.MessageLength];
            Span<byte> signature = stackalloc byte[64];
            context.Identity.Id.CopyTo(endpoint);
            Challenge.Message(answer.Challenge, toSign);
            context.Identity.Sign(toSign, signature);
            reply = buffer.AsMemory(0, ClientAuth.Write(buffer, endpoint, signature));
        }

        return answer.Type;
    }

    private static async Task<int> ReadMessageAsync(WebSocket socket, byte[] buffer, CancellationToken cancellationToken)
    {
        var length = 0;
        while (true)
        {
            var part = await socket.ReceiveAsync(buffer.AsMemory(length), cancellationToken);
            if (part.MessageType != WebSocketMessageType.Binary)
                throw new RelayUnavailableException(part.MessageType == WebSocketMessageType.Close ? "the relay closed the connection before it said yes" : "the relay talks in texts, which no relay does");
            length += part.Count;
            if (part.EndOfMessage)
                return length;
            if (length == buffer.Length)
                throw new RelayUnavailableException("the relay sends more than an answer before it said yes");
        }
    }

    /// <summary>A relay's text for people: one line, nothing that moves a cursor.</summary>
    public static string Printable(string text) => string.Create(text.Length, text, static (line, source) =>
    {
        for (var i = 0; i < line.Length; i++)
            line[i] = char.IsControl(source[i]) ? ' ' : source[i];
    });
}
