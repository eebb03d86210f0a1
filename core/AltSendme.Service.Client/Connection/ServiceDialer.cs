using System.IO.Pipes;
using System.Net.Sockets;

namespace AltSendme.Service.Client.Connection;

/// <summary>Opens connections to a service: a Unix socket, or a pipe of the same user on Windows.</summary>
internal static class ServiceDialer
{
    private const int PipeLimitMilliseconds = 200;

    /// <summary>Connects, or gives <see langword="null"/> when nobody listens.</summary>
    public static async Task<Stream?> TryDialAsync(string address, CancellationToken cancellationToken) =>
        OperatingSystem.IsWindows() ? await TryPipeAsync(address, cancellationToken) : await TrySocketAsync(address, cancellationToken);

    private static async Task<Stream?> TrySocketAsync(string path, CancellationToken cancellationToken)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(path), cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch (Exception exception)
        {
            socket.Dispose();
            if (exception is SocketException or ArgumentOutOfRangeException)
                return null;
            throw;
        }
    }

    private static async Task<Stream?> TryPipeAsync(string name, CancellationToken cancellationToken)
    {
        var pipe = new NamedPipeClientStream(".", name, PipeDirection.InOut, PipeOptions.Asynchronous | PipeOptions.CurrentUserOnly);
        try
        {
            await pipe.ConnectAsync(PipeLimitMilliseconds, cancellationToken);
            return pipe;
        }
        catch (Exception exception)
        {
            await pipe.DisposeAsync();
            if (exception is TimeoutException or IOException or UnauthorizedAccessException)
                return null;
            throw;
        }
    }
}
