using System.Net;
using System.Net.Sockets;

namespace AltSendme.Transports.Iroh.Tests;

/// <summary>A direct path that a test can cut: passes datagrams on between whoever calls it and one endpoint on loopback, until it is disposed.</summary>
internal sealed class UdpForwarder : IAsyncDisposable
{
    private readonly UdpClient _near = new(new IPEndPoint(IPAddress.Loopback, 0));
    private readonly UdpClient _far = new(new IPEndPoint(IPAddress.Loopback, 0));
    private readonly CancellationTokenSource _cut = new();
    private readonly Task _running;
    private IPEndPoint? _caller;

    public UdpForwarder(int port)
    {
        var target = new IPEndPoint(IPAddress.Loopback, port);
        _running = Task.WhenAll(
            ForwardAsync(_near, async arrival =>
            {
                Volatile.Write(ref _caller, arrival.RemoteEndPoint);
                await _far.SendAsync(arrival.Buffer, target, _cut.Token);
            }),
            ForwardAsync(_far, async arrival =>
            {
                if (Volatile.Read(ref _caller) is { } caller)
                    await _near.SendAsync(arrival.Buffer, caller, _cut.Token);
            }));
    }

    /// <summary>The address that leads to the endpoint.</summary>
    public IPEndPoint Address => (IPEndPoint)_near.Client.LocalEndPoint!;

    /// <summary>Cuts the path; both sockets stay open and silent.</summary>
    public async Task CutAsync()
    {
        await _cut.CancelAsync();
        await _running;
    }

    public async ValueTask DisposeAsync()
    {
        await CutAsync();
        _near.Dispose();
        _far.Dispose();
        _cut.Dispose();
    }

    private async Task ForwardAsync(UdpClient from, Func<UdpReceiveResult, Task> pass)
    {
        try
        {
            while (true)
                await pass(await from.ReceiveAsync(_cut.Token));
        }
        catch (OperationCanceledException)
        {
            // The path is cut.
        }
    }
}
