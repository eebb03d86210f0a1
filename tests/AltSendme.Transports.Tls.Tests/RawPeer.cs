using System.Net;
using System.Net.Sockets;
using AltSendme.Plugins.Testing;
using AltSendme.Transports.Tls.Connections;
using AltSendme.Transports.Tls.Handshakes;
using AltSendme.Transports.Tls.Wire;

namespace AltSendme.Transports.Tls.Tests;

/// <summary>A peer with a good certificate that says what it likes after the handshake.</summary>
internal sealed class RawPeer : IAsyncDisposable
{
    public required AuthenticatedLink Link { get; init; }

    public static async Task<RawPeer> ConnectAsync(IPEndPoint endPoint)
    {
        var socket = new Socket(endPoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(endPoint);
        using var handshake = new TlsHandshake(TransportPair.Client, TimeProvider.System);
        return new RawPeer { Link = await handshake.ConnectAsync(socket, TransportPair.Server.Id, TransportPair.Protocol, CancellationToken.None) };
    }

    /// <summary>Sends the settings that every connection begins with.</summary>
    public Task GreetAsync()
    {
        var payload = new byte[MuxLimits.MaxSettingsLength];
        var length = MuxSettings.Default.Write(payload);
        return SendAsync([.. Encode(Frame.Settings(length)), .. payload.AsSpan(0, length)]);
    }

    public async Task SendAsync(params Frame[] frames) => await SendAsync(frames.SelectMany(Encode).ToArray());

    public async Task SendAsync(byte[] bytes)
    {
        await Link.Tls.WriteAsync(bytes);
        await Link.Tls.FlushAsync();
    }

    /// <summary>Reads until the other side has ended the connection, and returns everything.</summary>
    public async Task<byte[]> ReadToEndAsync()
    {
        var received = new MemoryStream();
        var buffer = new byte[65536];
        try
        {
            int count;
            while ((count = await Link.Tls.ReadAsync(buffer)) > 0)
                received.Write(buffer, 0, count);
        }
        catch (IOException)
        {
        }

        return received.ToArray();
    }

    public static byte[] Encode(Frame frame)
    {
        var bytes = new byte[Frame.MaxHeaderLength];
        return bytes[..FrameWriter.Write(bytes, frame)];
    }

    public ValueTask DisposeAsync() => Link.DisposeAsync();
}
