using System.Net.Sockets;

namespace AltSendme.Service.Tests.Web;

/// <summary>HTTP over a service's socket, for requests that no client of ours would make.</summary>
internal static class SocketHttp
{
    public static HttpClient Open(string address) => new(new SocketsHttpHandler
    {
        ConnectCallback = async (_, cancellationToken) =>
        {
            var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(address), cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        },
    })
    { BaseAddress = new Uri("http://altsendme/") };
}
