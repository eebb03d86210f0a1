using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using AltSendme.Quic.Paths;

namespace AltSendme.Quic.Driver;

/// <summary>UDP with what every platform has: one datagram a call, no ECN, no local address. A task of its own receives ahead into a bounded number of buffers; beyond them the socket's buffer fills.</summary>
internal sealed class PortableUdpPath : IDatagramPath
{
    private const int ReceiveAhead = 64;
    private const int MaxPayload = 65507;

    private readonly Socket _socket;
    private readonly ConcurrentQueue<Filled> _arrived = new();
    private readonly ConcurrentQueue<byte[]> _free = new();
    private readonly SemaphoreSlim _freed = new(ReceiveAhead);
    private readonly SemaphoreSlim _woken = new(0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _receiving;
    private readonly SocketAddress _target;
    private readonly bool _isInet6;

    /// <summary>Takes over a bound socket.</summary>
    public PortableUdpPath(Socket socket)
    {
        _socket = socket;
        _target = new SocketAddress(socket.AddressFamily);
        _isInet6 = socket.AddressFamily == AddressFamily.InterNetworkV6;
        for (var i = 0; i < ReceiveAhead; i++)
            _free.Enqueue(new byte[MaxPayload]);
        var bound = (IPEndPoint)socket.LocalEndPoint!;
        Local = NetworkAddress.From(bound.Address, bound.Port);
        _receiving = Task.Run(ReceiveAheadAsync);
    }

    /// <inheritdoc />
    public NetworkAddress Local { get; }

    /// <inheritdoc />
    public int MaxSendLength => MaxPayload;

    /// <inheritdoc />
    public void Receive(DatagramBatch batch)
    {
        batch.Clear();
        while (batch.Count < batch.Capacity && _arrived.TryDequeue(out var datagram))
        {
            datagram.Buffer.AsSpan(0, datagram.Length).CopyTo(batch.Slot(batch.Count).Span);
            batch.Add(new DatagramBatch.Arrival(datagram.Length, Math.Max(datagram.Length, 1), new NetworkPath(default, datagram.From), Ecn.NotCapable));
            _free.Enqueue(datagram.Buffer);
            _freed.Release();
        }
    }

    /// <inheritdoc />
    public SendOutcome Send(in Transmit transmit, ReadOnlySpan<byte> datagrams)
    {
        if (!SocketAddressLayout.TryWrite(_target.Buffer.Span, transmit.Path.Remote, _isInet6))
            return SendOutcome.Done;
        for (var rest = datagrams; !rest.IsEmpty; rest = rest[Math.Min(transmit.SegmentSize, rest.Length)..])
        {
            try
            {
                _socket.SendTo(rest[..Math.Min(transmit.SegmentSize, rest.Length)], SocketFlags.None, _target);
            }
            catch (SocketException)
            {
                // Unreachable, too large, no room: lost, as on any network.
            }
        }

        return SendOutcome.Done;
    }

    /// <inheritdoc />
    public void Wait(TimeSpan timeout, bool forSending)
    {
        if (_arrived.IsEmpty)
            _woken.Wait(timeout);
    }

    /// <inheritdoc />
    public void Wake()
    {
        if (_woken.CurrentCount == 0)
            _woken.Release();
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _stop.Cancel();
        _socket.Dispose();
        _receiving.GetAwaiter().GetResult();
        _stop.Dispose();
        _freed.Dispose();
        _woken.Dispose();
    }

    // One method for all datagrams, so that waiting for one allocates nothing.
    private async Task ReceiveAheadAsync()
    {
        var from = new SocketAddress(_socket.AddressFamily);
        byte[]? buffer = null;
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                if (buffer is null)
                {
                    await _freed.WaitAsync(_stop.Token).ConfigureAwait(false);
                    if (!_free.TryDequeue(out buffer))
                        continue;
                }

                var length = await _socket.ReceiveFromAsync(buffer, SocketFlags.None, from, _stop.Token).ConfigureAwait(false);
                _arrived.Enqueue(new Filled(buffer, length, _isInet6 ? SocketAddressLayout.ReadInet6(from.Buffer.Span) : SocketAddressLayout.ReadInet4(from.Buffer.Span)));
                buffer = null;
                Wake();
            }
            catch (SocketException)
            {
                // An ICMP error about something sent earlier is no reason to stop.
            }
            catch (Exception fault) when (fault is OperationCanceledException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    private readonly record struct Filled(byte[] Buffer, int Length, NetworkAddress From);
}
