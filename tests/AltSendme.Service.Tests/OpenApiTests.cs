using System.Net.Sockets;
using AltSendme.Service.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace AltSendme.Service.Tests;

/// <summary>Holds docs/service.openapi.json and the routes together. After a change on purpose: <c>ALTSENDME_APPROVE_API=1 dotnet test tests/AltSendme.Service.Tests</c>.</summary>
public sealed class OpenApiTests
{
    [Fact]
    public async Task The_document_describes_the_routes_as_they_are()
    {
        await using var harness = new ServiceHarness();
        await using var host = ServiceHost.Create(
            harness.Options,
            static services => services.AddOpenApi("v1", static options => options.AddDocumentTransformer(static (document, _, _) =>
            {
                document.Info = new() { Title = "AltSendme service", Version = "1", Description = "What the background service of a user offers to programs of the same user, over a Unix socket or a named pipe (docs/service.md)." };
                document.Servers = [];
                return Task.CompletedTask;
            })),
            static application => application.MapOpenApi("/openapi.json"));
        await host.StartAsync(harness.Token);
        using var http = new HttpClient(new SocketsHttpHandler
        {
            ConnectCallback = async (_, cancellationToken) =>
            {
                var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
                await socket.ConnectAsync(new UnixDomainSocketEndPoint(harness.Place.Address), cancellationToken);
                return new NetworkStream(socket, ownsSocket: true);
            },
        });

        var document = (await http.GetStringAsync("http://altsendme/openapi.json", harness.Token)).ReplaceLineEndings("\n").TrimEnd() + "\n";
        await host.StopAsync();

        var path = Path.Combine(Root(), "docs", "service.openapi.json");
        if (Environment.GetEnvironmentVariable("ALTSENDME_APPROVE_API") == "1")
            await File.WriteAllTextAsync(path, document);
        Assert.Equal((await File.ReadAllTextAsync(path)).ReplaceLineEndings("\n"), document);
    }

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "AltSendme.sln")))
            folder = folder.Parent ?? throw new InvalidOperationException("AltSendme.sln was not found above the tests.");
        return folder.FullName;
    }
}
