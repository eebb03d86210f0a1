using System.Security.Cryptography;
using AltSendme.Abstractions;
using AltSendme.RelayProtocol;
using AltSendme.Relays.Server.Access;
using AltSendme.Relays.Server.Clients;
using AltSendme.Relays.Server.Configuration;
using AltSendme.Relays.Server.Metrics;
using AltSendme.Relays.Server.WebSockets;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace AltSendme.Relays.Server.Http;

/// <summary><c>/relay</c>: upgrade, proof of identity, access, then packets until the end.</summary>
internal sealed class RelayEndpoint(ClientRegistry registry, IAccessRule access, RelayServerOptions options, RelayMetrics metrics, TimeProvider timeProvider, ILogger<RelayEndpoint> logger)
{
    /// <summary>Longest message before a client has proved who it is; the proof has 98 bytes.</summary>
    private const int MaxProof = 256;

    public async Task HandleAsync(HttpContext context)
    {
        var status = WebSocketUpgrade.Check(context, out var version, out var protocol);
        if (status != StatusCodes.Status101SwitchingProtocols)
        {
            Interlocked.Increment(ref metrics.UpgradesRefused);
            context.Response.StatusCode = status;
            return;
        }

        if (Volatile.Read(ref metrics.Clients) >= options.Limits.Clients)
        {
            Interlocked.Increment(ref metrics.ClientsRefusedFull);
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            return;
        }

        var token = Token(context.Request);
        var stream = await WebSocketUpgrade.AcceptAsync(context, protocol!);
        var reader = new MessageReader(stream) { MaxMessage = MaxProof };
        try
        {
            if (await AuthenticateAsync(context, stream, reader, token) is not { } endpoint)
                return;
            reader.MaxMessage = RelayLimits.MaxFrame;
            using var client = new RelayClient(endpoint, version, stream, reader, context.Abort, registry, metrics, options.Limits, timeProvider, context.RequestAborted);
            registry.Add(client);
            RelayServerLog.ClientConnected(logger, endpoint.ToShortString());
            await client.RunAsync();
            RelayServerLog.ClientLeft(logger, endpoint.ToShortString());
        }
        finally
        {
            reader.Dispose();
        }
    }

    private async Task<EndpointId?> AuthenticateAsync(HttpContext context, Stream stream, MessageReader reader, string? token)
    {
        // Cancelled when the client goes, or takes too long.
        using var limit = new CancellationTokenSource(options.Limits.HandshakeTimeout, timeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, context.RequestAborted);
        try
        {
            var challenge = RandomNumberGenerator.GetBytes(Challenge.Length);
            await SendAsync(stream, Question(challenge), either.Token);
            if (await ProveAsync(stream, reader, challenge, either.Token) is not { } endpoint)
            {
                Interlocked.Increment(ref metrics.AuthenticationFailed);
                return null;
            }

            if (!await access.AdmitsAsync(endpoint, token, either.Token))
            {
                Interlocked.Increment(ref metrics.AccessDenied);
                RelayServerLog.AccessDenied(logger, endpoint.ToShortString());
                await SendAsync(stream, Denial("not authorized"u8), either.Token);
                return null;
            }

            await SendAsync(stream, [(byte)(0x80 | FrameHeader.Binary), 1, (byte)FrameType.ServerConfirmsAuth], either.Token);
            return endpoint;
        }
        catch (Exception exception) when (exception is IOException or OperationCanceledException or ObjectDisposedException)
        {
            if (limit.IsCancellationRequested)
            {
                Interlocked.Increment(ref metrics.HandshakesTimedOut);
                context.Abort();
            }

            return null;
        }
    }

    private async Task<EndpointId?> ProveAsync(Stream stream, MessageReader reader, byte[] challenge, CancellationToken cancellationToken)
    {
        while (true)
        {
            switch (Next(reader, challenge))
            {
                case (true, { } endpoint):
                    return endpoint;
                case (true, null):
                    await SendAsync(stream, Denial("signature invalid"u8), cancellationToken);
                    return null;
                case (false, _) when reader.Fault != WebSocketFault.None:
                    return null;
            }

            if (await reader.FillAsync(cancellationToken) == 0)
                return null;
        }
    }

    private (bool Answered, EndpointId? Endpoint) Next(MessageReader reader, byte[] challenge)
    {
        while (reader.TryNext(out var opcode, out var message))
        {
            if (opcode is FrameHeader.Ping or FrameHeader.Pong or FrameHeader.Text)
                continue;
            if (opcode == FrameHeader.Close)
                return (true, null);
            if (!ClientAuth.TryRead(message, out var auth, out var fault))
            {
                metrics.CountFault($"Handshake{fault}");
                return (true, null);
            }

            return (true, auth.Proves(challenge) ? new EndpointId(auth.Endpoint) : null);
        }

        if (reader.Fault != WebSocketFault.None)
            metrics.CountFault($"Handshake{reader.Fault}");
        return (false, null);
    }

    private static byte[] Question(ReadOnlySpan<byte> challenge)
    {
        var frame = new byte[2 + Challenge.FrameLength];
        Challenge.Write(frame.AsSpan(FrameHeader.Write(frame, FrameHeader.Binary, Challenge.FrameLength)), challenge);
        return frame;
    }

    private static byte[] Denial(ReadOnlySpan<byte> reason)
    {
        Span<byte> message = stackalloc byte[128];
        var length = AuthAnswer.WriteDenial(message, reason);
        var frame = new byte[FrameHeader.ServerLength(length) + length];
        message[..length].CopyTo(frame.AsSpan(FrameHeader.Write(frame, FrameHeader.Binary, length)));
        return frame;
    }

    private static async Task SendAsync(Stream stream, byte[] frame, CancellationToken cancellationToken)
    {
        await stream.WriteAsync(frame, cancellationToken);
        await stream.FlushAsync(cancellationToken);
    }

    private static string? Token(HttpRequest request)
    {
        const string Scheme = "Bearer ";
        var header = request.Headers.Authorization.ToString();
        if (header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
            return header[Scheme.Length..].Trim();
        return request.Query.TryGetValue(RelayHttp.TokenQuery, out var values) ? values.ToString() : null;
    }
}
