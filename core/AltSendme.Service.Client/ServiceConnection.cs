using System.Net;
using System.Net.Http.Json;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using AltSendme.Abstractions;
using AltSendme.Service.Client.Connection;
using AltSendme.Service.Client.Contract;

namespace AltSendme.Service.Client;

/// <summary>A program's connection to the user's service: the routes of docs/service.md as methods. May be used from any thread; whoever makes it disposes it.</summary>
public sealed class ServiceConnection : IDisposable
{
    private readonly HttpClient _http;

    /// <param name="starter">Finds or starts the service.</param>
    public ServiceConnection(ServiceStarter starter)
    {
        ArgumentNullException.ThrowIfNull(starter);
        var handler = new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, UseProxy = false, ConnectCallback = (_, cancellationToken) => starter.ConnectAsync(cancellationToken) };
        _http = new HttpClient(handler) { BaseAddress = new Uri("http://altsendme/v1/"), Timeout = Timeout.InfiniteTimeSpan };
    }

    /// <summary>The service of the user who runs this program.</summary>
    /// <param name="start">Whether to start it when it does not run.</param>
    public static ServiceConnection Default(bool start) => new(new ServiceStarter(ServicePlace.Default(), start ? ServiceStarter.DefaultProgram : null, TimeProvider.System));

    /// <summary>How the service is.</summary>
    public Task<ServiceStatus> StatusAsync(CancellationToken cancellationToken = default) => GetAsync("status", ContractJson.Default.ServiceStatus, cancellationToken);

    /// <summary>Ends the service; shares and receives go on when it is started again.</summary>
    public Task StopServiceAsync(CancellationToken cancellationToken = default) => SendAsync(HttpMethod.Post, "stop", cancellationToken);

    /// <summary>Makes a share.</summary>
    public Task<ShareView> CreateShareAsync(ShareOrder order, CancellationToken cancellationToken = default) => PostAsync("shares", order, ContractJson.Default.ShareOrder, ContractJson.Default.ShareView, cancellationToken);

    /// <summary>All shares, the oldest first.</summary>
    public Task<IReadOnlyList<ShareView>> SharesAsync(CancellationToken cancellationToken = default) => GetAsync("shares", ContractJson.Default.IReadOnlyListShareView, cancellationToken);

    /// <summary>One share.</summary>
    public Task<ShareView> ShareAsync(string id, CancellationToken cancellationToken = default) => GetAsync($"shares/{Escaped(id)}", ContractJson.Default.ShareView, cancellationToken);

    /// <summary>Ends a share and forgets it.</summary>
    public Task StopShareAsync(string id, CancellationToken cancellationToken = default) => SendAsync(HttpMethod.Delete, $"shares/{Escaped(id)}", cancellationToken);

    /// <summary>Looks at what a ticket names; fetches none of it.</summary>
    public Task<PreviewView> PreviewAsync(PreviewOrder order, CancellationToken cancellationToken = default) => PostAsync("previews", order, ContractJson.Default.PreviewOrder, ContractJson.Default.PreviewView, cancellationToken);

    /// <summary>Begins to receive, or goes on with what was begun for the same content and folder.</summary>
    public Task<ReceiveView> StartReceiveAsync(ReceiveOrder order, CancellationToken cancellationToken = default) => PostAsync("receives", order, ContractJson.Default.ReceiveOrder, ContractJson.Default.ReceiveView, cancellationToken);

    /// <summary>All receives, the oldest first.</summary>
    public Task<IReadOnlyList<ReceiveView>> ReceivesAsync(CancellationToken cancellationToken = default) => GetAsync("receives", ContractJson.Default.IReadOnlyListReceiveView, cancellationToken);

    /// <summary>One receive.</summary>
    public Task<ReceiveView> ReceiveAsync(string id, CancellationToken cancellationToken = default) => GetAsync($"receives/{Escaped(id)}", ContractJson.Default.ReceiveView, cancellationToken);

    /// <summary>Stops a receive; what was verified stays.</summary>
    public Task<ReceiveView> CancelReceiveAsync(string id, CancellationToken cancellationToken = default) => PostAsync($"receives/{Escaped(id)}/cancel", ContractJson.Default.ReceiveView, cancellationToken);

    /// <summary>Goes on with a receive.</summary>
    public Task<ReceiveView> ResumeReceiveAsync(string id, CancellationToken cancellationToken = default) => PostAsync($"receives/{Escaped(id)}/resume", ContractJson.Default.ReceiveView, cancellationToken);

    /// <summary>Forgets a receive, and removes what is unfinished of it.</summary>
    public Task DiscardReceiveAsync(string id, CancellationToken cancellationToken = default) => SendAsync(HttpMethod.Delete, $"receives/{Escaped(id)}", cancellationToken);

    /// <summary>The settings in force.</summary>
    public Task<IReadOnlyList<SettingView>> SettingsAsync(CancellationToken cancellationToken = default) => GetAsync("settings", ContractJson.Default.IReadOnlyListSettingView, cancellationToken);

    /// <summary>The policy in force.</summary>
    public Task<PolicyView> PolicyAsync(CancellationToken cancellationToken = default) => GetAsync("policy", ContractJson.Default.PolicyView, cancellationToken);

    /// <summary>Prepares a window; whatever browser opens the file is let in, once.</summary>
    public Task<WindowView> OpenWindowAsync(WindowOrder order, CancellationToken cancellationToken = default) => PostAsync("windows", order, ContractJson.Default.WindowOrder, ContractJson.Default.WindowView, cancellationToken);

    /// <summary>Events as they happen, until the service ends or the enumeration is left. The first one says whether any were missed.</summary>
    /// <param name="subject">Id of the share or receive to hear of; <see langword="null"/> for all.</param>
    /// <param name="after">The last position that is known, to go on from.</param>
    /// <param name="cancellationToken">Ends the stream.</param>
    public async IAsyncEnumerable<ServiceEvent> EventsAsync(string? subject = null, string? after = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, subject is null ? "events" : $"events?subject={Escaped(subject)}");
        if (after is not null)
            request.Headers.Add("Last-Event-ID", after);
        using var response = await SendAsync(request, cancellationToken);
        await using var stream = await response.Content.ReadAsStreamAsync(cancellationToken);
        var parser = SseParser.Create(stream, static (_, data) => JsonSerializer.Deserialize(data, ContractJson.Default.ServiceEvent));
        await foreach (var item in parser.EnumerateAsync(cancellationToken))
        {
            if (item.Data is { } value)
                yield return value with { Position = item.EventId };
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();

    private static string Escaped(string id) => Uri.EscapeDataString(id);

    private async Task<T> GetAsync<T>(string path, JsonTypeInfo<T> answer, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        using var response = await SendAsync(request, cancellationToken);
        return await ReadAsync(response, answer, cancellationToken);
    }

    private async Task<TAnswer> PostAsync<TOrder, TAnswer>(string path, TOrder order, JsonTypeInfo<TOrder> type, JsonTypeInfo<TAnswer> answer, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = JsonContent.Create(order, type) };
        using var response = await SendAsync(request, cancellationToken);
        return await ReadAsync(response, answer, cancellationToken);
    }

    private async Task<T> PostAsync<T>(string path, JsonTypeInfo<T> answer, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path);
        using var response = await SendAsync(request, cancellationToken);
        return await ReadAsync(response, answer, cancellationToken);
    }

    private async Task SendAsync(HttpMethod method, string path, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, path);
        using var response = await SendAsync(request, cancellationToken);
    }

    private async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        HttpResponseMessage response;
        try
        {
            response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        }
        catch (HttpRequestException exception)
        {
            throw exception.InnerException as AltSendmeException ?? new ServiceException(ServiceCodes.Failed, $"The service ended before it had answered: {exception.Message}", exception);
        }

        if (response.IsSuccessStatusCode)
            return response;
        using (response)
            throw await FaultAsync(response, cancellationToken);
    }

    private static async Task<T> ReadAsync<T>(HttpResponseMessage response, JsonTypeInfo<T> type, CancellationToken cancellationToken)
    {
        try
        {
            return await response.Content.ReadFromJsonAsync(type, cancellationToken) ?? throw new JsonException("null");
        }
        catch (Exception exception) when (exception is JsonException or HttpRequestException or IOException)
        {
            throw new ServiceException(ServiceCodes.Failed, $"The service gave an answer that can't be read: {exception.Message} Are the program and the service of one version?", exception);
        }
    }

    private static async Task<AltSendmeException> FaultAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        try
        {
            if (response.Content.Headers.ContentType?.MediaType == "application/json" && await response.Content.ReadFromJsonAsync(ContractJson.Default.ErrorView, cancellationToken) is { } error)
                return error.ToException();
        }
        catch (Exception exception) when (exception is JsonException or HttpRequestException or IOException)
        {
            // Not an answer of ours; its status has to do.
        }

        return new ServiceException(response.StatusCode == HttpStatusCode.NotFound ? ServiceCodes.NotFound : ServiceCodes.Failed, $"The service answered {(int)response.StatusCode} ({response.ReasonPhrase}).");
    }
}
