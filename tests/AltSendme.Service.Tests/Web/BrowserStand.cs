using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using AltSendme.Service.Client.Contract;

namespace AltSendme.Service.Tests.Web;

/// <summary>A browser as the windows' origin sees it: opens doors, keeps cookies, and says of each request where it comes from.</summary>
internal sealed partial class BrowserStand : IDisposable
{
    private readonly CookieContainer _cookies = new();
    private readonly HttpClient _http;

    public BrowserStand(string origin)
    {
        Origin = origin;
        _http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = _cookies, UseProxy = false }) { BaseAddress = new Uri(origin) };
    }

    public string Origin { get; }

    public int Port => new Uri(Origin).Port;

    /// <summary>Lets a new browser in by a new door of the service.</summary>
    public static async Task<BrowserStand> OpenAsync(ServiceHarness service, WindowOrder? order = null)
    {
        var window = await service.Client.OpenWindowAsync(order ?? new WindowOrder(), service.Token);
        var browser = new BrowserStand(window.Origin);
        using var entered = await browser.EnterAsync(Secret(window));
        Assert.Equal(HttpStatusCode.OK, entered.StatusCode);
        return browser;
    }

    /// <summary>The secret that a door carries.</summary>
    public static string Secret(WindowView window) => InDoor().Match(File.ReadAllText(window.Door)).Groups[1].Value;

    /// <summary>Posts a secret as the page in the door does: from a file, which is another site.</summary>
    public async Task<HttpResponseMessage> EnterAsync(string secret)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/session") { Content = new FormUrlEncodedContent([new("secret", secret)]) };
        request.Headers.Add("Origin", "null");
        request.Headers.Add("Sec-Fetch-Site", "cross-site");
        return await _http.SendAsync(request);
    }

    /// <summary>A request as a script of our own page makes it.</summary>
    public HttpRequestMessage Request(HttpMethod method, string path, HttpContent? content = null)
    {
        var request = new HttpRequestMessage(method, path) { Content = content };
        request.Headers.Add("Sec-Fetch-Site", "same-origin");
        if (method != HttpMethod.Get)
            request.Headers.Add("Origin", Origin);
        return request;
    }

    public async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, bool onlyHead = false)
    {
        using (request)
            return await _http.SendAsync(request, onlyHead ? HttpCompletionOption.ResponseHeadersRead : HttpCompletionOption.ResponseContentRead);
    }

    public Task<HttpResponseMessage> GetAsync(string path) => SendAsync(Request(HttpMethod.Get, path));

    public Task<HttpResponseMessage> PostAsync(string path, string json) => SendAsync(Request(HttpMethod.Post, path, new StringContent(json, null, "application/json")));

    public Task<HttpResponseMessage> PutAsync(string path, byte[] content)
    {
        var body = new ByteArrayContent(content);
        body.Headers.ContentType = new("application/octet-stream");
        return SendAsync(Request(HttpMethod.Put, path, body));
    }

    /// <summary>The JSON of an answer that must be good.</summary>
    public static async Task<JsonElement> JsonAsync(HttpResponseMessage response)
    {
        using (response)
        {
            Assert.True(response.IsSuccessStatusCode, $"{(int)response.StatusCode} {await response.Content.ReadAsStringAsync()}");
            return await response.Content.ReadFromJsonAsync<JsonElement>();
        }
    }

    /// <summary>The code of an answer that must be an error.</summary>
    public static async Task<(int Status, string? Code)> ErrorAsync(HttpResponseMessage response)
    {
        using (response)
            return ((int)response.StatusCode, (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("code").GetString());
    }

    /// <summary>What the browser would send along, as others could learn it.</summary>
    public string Cookie => _cookies.GetCookieHeader(new Uri(Origin));

    public void Dispose() => _http.Dispose();

    [GeneratedRegex("name=\"secret\" value=\"([^\"]+)\"")]
    private static partial Regex InDoor();
}
