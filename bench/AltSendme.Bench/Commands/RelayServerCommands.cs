using System.Net.WebSockets;
using System.Text.Json;
using AltSendme.Relays.Server;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;

namespace AltSendme.Bench.Commands;

/// <summary>The relay, and what it is compared with: the same web server sending every WebSocket message back, as anybody would write it.</summary>
internal static class RelayServerCommands
{
    private const int LargestMessage = 64 * 1024;

    public static async Task<int> ServeAsync()
    {
        var settings = new Dictionary<string, string?> { ["Listen"] = "127.0.0.1:0", ["Limits:ConnectionsPerAddress"] = "0", ["Logging:LogLevel:Default"] = "Warning" };
        await using var server = RelayServer.Create(new ConfigurationBuilder().AddInMemoryCollection(settings).Build());
        await server.StartAsync();
        return await UntilTheEndAsync(server.Addresses[0].Port);
    }

    public static async Task<int> EchoAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        await using var application = builder.Build();
        application.UseWebSockets(new WebSocketOptions { KeepAliveInterval = TimeSpan.Zero });
        application.Run(async context =>
        {
            using var socket = await context.WebSockets.AcceptWebSocketAsync();
            var buffer = new byte[LargestMessage];
            while (true)
            {
                var received = await socket.ReceiveAsync(buffer.AsMemory(), CancellationToken.None);
                if (received.MessageType == WebSocketMessageType.Close)
                    return;
                await socket.SendAsync(buffer.AsMemory(0, received.Count), received.MessageType, received.EndOfMessage, CancellationToken.None);
            }
        });
        await application.StartAsync();
        return await UntilTheEndAsync(new Uri(application.Urls.First()).Port);
    }

    private static async Task<int> UntilTheEndAsync(int port)
    {
        Console.WriteLine(JsonSerializer.Serialize(new { type = "listening", port, process = Environment.ProcessId }));
        await Console.In.ReadToEndAsync();
        return 0;
    }
}
