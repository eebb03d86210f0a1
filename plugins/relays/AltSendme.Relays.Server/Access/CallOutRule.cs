using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;
using AltSendme.Abstractions;
using AltSendme.Relays.Server.Configuration;
using Microsoft.Extensions.Logging;

namespace AltSendme.Relays.Server.Access;

/// <summary>
/// Asks a web service of the operator's, as iroh's relay does: POST with the id in a header, and only status 200 with the text <c>true</c> is a yes. Everything else is a no: an error, a redirect,
/// silence, a long text. Answers are kept for a while; failures only briefly, so that a service that comes back is heard.
/// </summary>
internal sealed class CallOutRule(HttpMessageInvoker http, AccessOptions options, TimeProvider timeProvider, ILogger logger) : IAccessRule, IDisposable
{
    public const string EndpointHeader = "X-Iroh-NodeId";

    /// <summary>Answers that are kept; when there are more, all are forgotten, which costs a question each.</summary>
    private const int MaxKept = 10_000;
    private const int MaxAtOnce = 32;
    private static readonly TimeSpan KeepFailure = TimeSpan.FromSeconds(2);

    private readonly ConcurrentDictionary<EndpointId, (bool Admitted, long Until)> _answers = new();
    private readonly SemaphoreSlim _slots = new(MaxAtOnce);

    public async ValueTask<bool> AdmitsAsync(EndpointId endpoint, string? token, CancellationToken cancellationToken)
    {
        if (_answers.TryGetValue(endpoint, out var kept) && timeProvider.GetTimestamp() < kept.Until)
            return kept.Admitted;

        var answer = await AskAsync(endpoint, cancellationToken);
        if (_answers.Count >= MaxKept)
            _answers.Clear();
        var keep = answer is null && options.CallOutCache > KeepFailure ? KeepFailure : options.CallOutCache;
        _answers[endpoint] = (answer ?? false, timeProvider.GetTimestamp() + (long)(keep.TotalSeconds * timeProvider.TimestampFrequency));
        return answer ?? false;
    }

    public void Dispose() => _slots.Dispose();

    /// <summary>Yes, no, or <see langword="null"/> when the service gave no answer that counts as one.</summary>
    private async Task<bool?> AskAsync(EndpointId endpoint, CancellationToken cancellationToken)
    {
        // Cancelled when the client goes, or when the service takes too long.
        using var limit = new CancellationTokenSource(options.CallOutTimeout, timeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        var entered = false;
        try
        {
            await _slots.WaitAsync(either.Token);
            entered = true;
            using var request = new HttpRequestMessage(HttpMethod.Post, options.CallOutUrl);
            request.Headers.Add(EndpointHeader, endpoint.ToString());
            if (options.CallOutToken is { } token)
                request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
            using var response = await http.SendAsync(request, either.Token);
            return response.StatusCode == HttpStatusCode.OK ? await SaysTrueAsync(response, either.Token) : null;
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException or OperationCanceledException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            RelayServerLog.CallOutFailed(logger, exception.Message);
            return null;
        }
        finally
        {
            if (entered)
                _slots.Release();
        }
    }

    private static async Task<bool> SaysTrueAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        // One byte more than the longest text that is looked at: a longer one is not "true".
        var text = new byte["true"u8.Length + 1];
        await using var body = await response.Content.ReadAsStreamAsync(cancellationToken);
        var length = await body.ReadAtLeastAsync(text, text.Length, throwOnEndOfStream: false, cancellationToken);
        return text.AsSpan(0, length).SequenceEqual("true"u8);
    }
}
