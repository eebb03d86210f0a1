using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using AltSendme.Dns;
using AltSendme.Primitives.Cryptography;
using AltSendme.Primitives.Encoding;

namespace AltSendme.Discovery.Testing;

/// <summary>
/// A pkarr server on loopback: keeps what endpoints have signed and nothing else, by code of its own. Every packet that it takes may be told to a <see cref="TestDnsServer"/> as well, as iroh's servers do.
/// A test may have it answer something else instead.
/// </summary>
public sealed class TestPkarrServer : IAsyncDisposable
{
    private const int HeaderLength = 72;
    private const int MaxPayloadLength = HeaderLength + 1000;

    private readonly HttpListener _listener;
    private readonly ConcurrentDictionary<string, byte[]> _packets = new();
    private readonly ConcurrentBag<Task> _answering = [];
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _running;

    private TestPkarrServer(HttpListener listener, Uri url)
    {
        _listener = listener;
        Url = url;
        _running = RunAsync();
    }

    /// <summary>What clients are configured with.</summary>
    public Uri Url { get; }

    /// <summary>Payloads that were put and taken, in order.</summary>
    public ConcurrentQueue<(string Id, byte[] Payload)> Taken { get; } = new();

    /// <summary>Requests so far, as <c>PUT ID</c>.</summary>
    public ConcurrentQueue<string> Requests { get; } = new();

    /// <summary>What happens instead of an answer, where it is set; gives whether it has dealt with the request.</summary>
    public Func<HttpListenerContext, CancellationToken, Task<bool>>? Instead { get; set; }

    /// <summary>Who is told of each packet, and under which domain.</summary>
    public (TestDnsServer Server, DnsName Origin)? Dns { get; set; }

    public static TestPkarrServer Start()
    {
        while (true)
        {
            var port = RandomNumberGenerator.GetInt32(20_000, 60_000);
            var listener = new HttpListener();
            listener.Prefixes.Add($"http://127.0.0.1:{port}/");
            try
            {
                listener.Start();
                return new TestPkarrServer(listener, new Uri($"http://127.0.0.1:{port}/pkarr"));
            }
            catch (HttpListenerException)
            {
                // Somebody has this port.
            }
        }
    }

    /// <summary>What is kept of an id in z-base-32.</summary>
    public byte[]? Get(string id) => _packets.GetValueOrDefault(id);

    /// <summary>Keeps something that was not checked.</summary>
    public void Force(string id, byte[] payload) => _packets[id] = payload;

    /// <summary>The timestamp in a payload.</summary>
    public static ulong TimestampOf(byte[] payload)
    {
        ArgumentNullException.ThrowIfNull(payload);
        return BinaryPrimitives.ReadUInt64BigEndian(payload.AsSpan(64));
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Close();
        await _running;
        await Task.WhenAll(_answering);
        _stop.Dispose();
    }

    private async Task RunAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                _answering.Add(AnswerAsync(await _listener.GetContextAsync()));
            }
            catch (Exception exception) when (exception is HttpListenerException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    private async Task AnswerAsync(HttpListenerContext context)
    {
        var id = context.Request.Url!.Segments[^1];
        Requests.Enqueue($"{context.Request.HttpMethod} {id}");
        try
        {
            if (Instead is { } instead && await instead(context, _stop.Token))
                return;
            switch (context.Request.HttpMethod)
            {
                case "PUT":
                    context.Response.StatusCode = (int)await PutAsync(id, context.Request);
                    break;
                case "GET" when _packets.TryGetValue(id, out var payload):
                    await context.Response.OutputStream.WriteAsync(payload, _stop.Token);
                    break;
                default:
                    context.Response.StatusCode = (int)HttpStatusCode.NotFound;
                    break;
            }

            context.Response.Close();
        }
        catch (Exception exception) when (exception is HttpListenerException or ObjectDisposedException or IOException or OperationCanceledException or InvalidOperationException)
        {
            // The client went away, or the server does.
        }
    }

    private async Task<HttpStatusCode> PutAsync(string id, HttpListenerRequest request)
    {
        var buffer = new byte[MaxPayloadLength + 1];
        var length = await request.InputStream.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, _stop.Token);
        var payload = buffer[..length];
        if (!ZBase32.TryDecode(id, out var key) || key.Length != 32 || length is < HeaderLength or > MaxPayloadLength)
            return HttpStatusCode.BadRequest;
        byte[] signed = [.. Encoding.ASCII.GetBytes($"3:seqi{TimestampOf(payload)}e1:v{length - HeaderLength}:"), .. payload[HeaderLength..]];
        if (!Ed25519.Verify(key, signed, payload.AsSpan(0, 64)) || !DnsMessage.TryRead(payload.AsSpan(HeaderLength), out var message, out _))
            return HttpStatusCode.BadRequest;
        if (_packets.TryGetValue(id, out var before) && TimestampOf(before) >= TimestampOf(payload))
            return HttpStatusCode.Conflict;
        _packets[id] = payload;
        Taken.Enqueue((id, payload));
        if (Dns is var (server, origin) && IrohEndpointInfo.TryMakeName(key, origin, out var name))
            server.Set(name, DnsType.Txt, [.. message.Answers.Select(record => record with { Name = name })]);
        return HttpStatusCode.NoContent;
    }
}
