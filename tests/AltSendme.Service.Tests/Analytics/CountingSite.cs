using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Threading.Channels;

namespace AltSendme.Service.Tests.Analytics;

/// <summary>A site that writes down every byte that it is asked with, and answers with whatever a test wants.</summary>
internal sealed class CountingSite : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly Channel<string> _requests = Channel.CreateUnbounded<string>();
    private readonly CancellationTokenSource _ended = new();   // cancelled by DisposeAsync
    private readonly Task _serving;
    private readonly string _answer;

    public CountingSite(string answer = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\nSet-Cookie: id=1\r\n\r\n")
    {
        _answer = answer;
        _listener.Start();
        _serving = ServeAsync();
    }

    public string Url => $"http://{_listener.LocalEndpoint}/";

    public int Count { get; private set; }

    /// <summary>The next request, whole.</summary>
    public async Task<string> NextAsync(CancellationToken cancellationToken) => await _requests.Reader.ReadAsync(cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await _ended.CancelAsync();
        _listener.Stop();
        await _serving;
        _ended.Dispose();
    }

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                using var client = await _listener.AcceptTcpClientAsync(_ended.Token);
                var stream = client.GetStream();
                var request = new StringBuilder();
                var buffer = new byte[4096];
                int read;
                while (!request.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal) && (read = await stream.ReadAsync(buffer, _ended.Token)) > 0)
                    request.Append(Encoding.Latin1.GetString(buffer, 0, read));
                Count++;
                await stream.WriteAsync(Encoding.ASCII.GetBytes(_answer), _ended.Token);
                _requests.Writer.TryWrite(request.ToString());
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException or IOException)
        {
            // Over.
        }
    }
}
