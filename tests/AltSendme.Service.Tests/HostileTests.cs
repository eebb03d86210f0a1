using System.Net;
using System.Net.Sockets;
using System.Text;
using AltSendme.Service.Client;
using AltSendme.Service.Client.Contract;
using AltSendme.Service.Hosting;

namespace AltSendme.Service.Tests;

public sealed class HostileTests
{
    [Theory]
    [InlineData("POST", "/v1/shares", "{", 400)]
    [InlineData("POST", "/v1/shares", "null", 400)]
    [InlineData("POST", "/v1/shares", "[]", 400)]
    [InlineData("POST", "/v1/shares", "{}", 400)]
    [InlineData("POST", "/v1/shares", """{"paths":null}""", 400)]
    [InlineData("POST", "/v1/shares", """{"paths":[null]}""", 400)]
    [InlineData("POST", "/v1/shares", """{"paths":["relative"]}""", 400)]
    [InlineData("POST", "/v1/shares", """{"paths":["/a\u0000b"]}""", 400)]
    [InlineData("POST", "/v1/shares", """{"paths":["/a"],"text":"b"}""", 400)]
    [InlineData("POST", "/v1/shares", """{"text":"b","name":"../../x"}""", 400)]
    [InlineData("POST", "/v1/shares", """{"text":"b","name":"a\nb"}""", 400)]
    [InlineData("POST", "/v1/shares", """{"text":"b","ticketType":"everything"}""", 400)]
    [InlineData("POST", "/v1/shares", """{"text":"b","ticketType":3}""", 400)]
    [InlineData("POST", "/v1/shares", """{"text":"b","expires":"1999-01-01T00:00:00Z"}""", 400)]
    [InlineData("POST", "/v1/receives", """{"tickets":[]}""", 400)]
    [InlineData("POST", "/v1/receives", """{"tickets":[null]}""", 400)]
    [InlineData("POST", "/v1/receives", """{"tickets":["blob"],"destination":"relative"}""", 422)]
    [InlineData("POST", "/v1/previews", """{"tickets":["blobaa"]}""", 422)]
    [InlineData("DELETE", "/v1/shares/..%2F..%2Fetc", "", 404)]
    [InlineData("DELETE", "/v1/receives/0000000000", "", 404)]
    [InlineData("POST", "/v1/receives/%00/resume", "", 400)]
    [InlineData("GET", "/v1/nothing", "", 404)]
    [InlineData("PUT", "/v1/shares", "{}", 405)]
    public async Task A_request_that_makes_no_sense_is_refused_and_the_service_goes_on(string method, string path, string body, int status)
    {
        await using var service = await ServiceHarness.StartAsync();
        using var http = Http(service);
        using var request = new HttpRequestMessage(new HttpMethod(method), path) { Content = body.Length > 0 ? new StringContent(body, Encoding.UTF8, "application/json") : null };

        using var response = await http.SendAsync(request, service.Token);

        Assert.Equal(status, (int)response.StatusCode);
        Assert.Equal(0, (await service.Client.StatusAsync(service.Token)).Shares);
    }

    [Fact]
    public async Task An_order_with_the_least_that_is_needed_is_taken()
    {
        await using var service = await ServiceHarness.StartAsync();
        using var http = Http(service);
        using var order = new StringContent("""{"text":"b"}""", Encoding.UTF8, "application/json");

        using var response = await http.PostAsync("/v1/shares", order, service.Token);

        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        Assert.StartsWith("/v1/shares/", response.Headers.Location?.OriginalString, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_body_that_is_too_large_is_not_read()
    {
        await using var service = await ServiceHarness.StartAsync();
        using var http = Http(service);
        using var content = new ByteArrayContent(new byte[Listening.MaxRequestBytes + 1]);
        content.Headers.ContentType = new("application/json");

        HttpStatusCode? status = null;
        try
        {
            using var response = await http.PostAsync("/v1/shares", content, service.Token);
            status = response.StatusCode;
        }
        catch (HttpRequestException)
        {
            // Closed in the middle of the body, which is as good.
        }

        Assert.True(status is null or HttpStatusCode.BadRequest or HttpStatusCode.RequestEntityTooLarge, $"{status}");
        await service.Client.StatusAsync(service.Token);
    }

    [Fact]
    public async Task A_text_that_is_too_long_and_too_many_paths_are_refused()
    {
        await using var service = await ServiceHarness.StartAsync();

        var text = await Assert.ThrowsAsync<ServiceException>(() => service.Client.CreateShareAsync(new ShareOrder { Text = new string('x', ShareOrder.MaxTextLength + 1) }, service.Token));
        var paths = await Assert.ThrowsAsync<ServiceException>(() => service.Client.CreateShareAsync(new ShareOrder { Paths = [.. Enumerable.Repeat("/a", ShareOrder.MaxPaths + 1)] }, service.Token));

        Assert.Equal([ServiceCodes.BadRequest, ServiceCodes.BadRequest], [text.Code, paths.Code]);
    }

    [Fact]
    public async Task Nobody_else_can_open_the_socket()
    {
        if (OperatingSystem.IsWindows())
            return;
        await using var service = await ServiceHarness.StartAsync();

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(service.Place.Address));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(Path.GetDirectoryName(service.Place.Address)!));
    }

    [Theory]
    [InlineData(1000, 1000, true)]
    [InlineData(0, 1000, true)]
    [InlineData(1001, 1000, false)]
    [InlineData(1000, 0, false)]
    public void Only_the_same_user_and_root_are_let_in(uint peer, uint own, bool isAllowed) => Assert.Equal(isAllowed, PeerCheck.IsAllowed(peer, own));

    [Fact]
    public async Task The_system_says_who_is_at_the_other_end()
    {
        if (!OperatingSystem.IsLinux())
            return;
        await using var service = await ServiceHarness.StartAsync();
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await socket.ConnectAsync(new UnixDomainSocketEndPoint(service.Place.Address), service.Token);

        Assert.True(PeerCheck.IsAllowed(socket));
    }

    [Fact]
    public async Task Answers_are_not_to_be_cached()
    {
        await using var service = await ServiceHarness.StartAsync();
        using var http = Http(service);

        using var response = await http.GetAsync("/v1/shares", service.Token);

        Assert.True(response.Headers.CacheControl?.NoStore);
        Assert.False(response.Headers.Contains("Server"));
    }

    [Fact]
    public async Task A_record_that_was_damaged_is_put_aside_and_the_rest_is_taken_up()
    {
        await using var service = await ServiceHarness.StartAsync();
        var damaged = await service.Client.CreateShareAsync(new ShareOrder { Text = "one" }, service.Token);
        var whole = await service.Client.CreateShareAsync(new ShareOrder { Text = "two" }, service.Token);
        await service.StopAsync();
        var record = Path.Combine(service.Place.Folder, "shares", damaged.Id, "share.json");
        await File.WriteAllTextAsync(record, "{ \"version\": 1, ");
        Directory.CreateDirectory(Path.Combine(service.Place.Folder, "shares", "not-an-id"));
        Directory.CreateDirectory(Path.Combine(service.Place.Folder, "receives"));
        await File.WriteAllTextAsync(Path.Combine(service.Place.Folder, "receives", "0123456789.json"), "[]");

        await service.StartAsync();

        Assert.Equal(whole.Id, Assert.Single(await service.Client.SharesAsync(service.Token)).Id);
        Assert.True(File.Exists(record + ".unreadable"));
        Assert.Empty(await service.Client.ReceivesAsync(service.Token));
    }

    private static HttpClient Http(ServiceHarness service) => new(new SocketsHttpHandler
    {
        ConnectCallback = async (_, cancellationToken) =>
        {
            var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(service.Place.Address), cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        },
    })
    { BaseAddress = new Uri("http://altsendme/") };
}
