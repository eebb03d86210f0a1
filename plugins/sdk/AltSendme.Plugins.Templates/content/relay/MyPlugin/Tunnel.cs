using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using AltSendme.Abstractions;

namespace MyPlugin;

/// <summary>A tunnel to one relay. This one reaches only tunnels of the same process: put your relay's client in its place.</summary>
internal sealed class Tunnel : IRelay
{
    private const int MaxWaiting = 512;

    private static readonly ConcurrentDictionary<(Uri, EndpointId), Tunnel> Tunnels = new();

    private readonly EndpointId _self;
    private readonly TaskCompletionSource _disposed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    // As on a network, what does not fit is lost: nobody waits for a slow receiver, and memory has a bound.
    private readonly Channel<RelayReceived> _arrived = Channel.CreateBounded<RelayReceived>(new BoundedChannelOptions(MaxWaiting) { FullMode = BoundedChannelFullMode.DropWrite });

    public Tunnel(RelayContext context, TimeProvider clock)
    {
        Url = context.Url;
        Clock = clock;
        _self = context.Identity.Id;
        Tunnels[(Url, _self)] = this;
    }

    public Uri Url { get; }

    public TimeProvider Clock { get; }

    public RelayState State => new(_disposed.Task.IsCompleted ? RelayStatus.Closed : RelayStatus.Connected);

    public async IAsyncEnumerable<RelayState> WatchStateAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        yield return State;
        await _disposed.Task.WaitAsync(cancellationToken);
    }

    public ValueTask SendAsync(RelayDatagrams datagrams, CancellationToken cancellationToken = default)
    {
        if (datagrams.SegmentSize is < 1 or > RelayDatagrams.MaxSegmentSize)
            throw new ArgumentException($"A datagram has 1 to {RelayDatagrams.MaxSegmentSize} bytes, not {datagrams.SegmentSize}.", nameof(datagrams));

        // The sender may use its buffer again as soon as this returns, so the contents are copied.
        if (Tunnels.TryGetValue((Url, datagrams.Peer), out var peer))
            peer._arrived.Writer.TryWrite(new RelayReceived(RelayReceivedKind.Datagrams, datagrams with { Peer = _self, Contents = datagrams.Contents.ToArray() }));
        else
            _arrived.Writer.TryWrite(new RelayReceived(RelayReceivedKind.EndpointGone, new RelayDatagrams(datagrams.Peer, default, 1)));
        return ValueTask.CompletedTask;
    }

    public async ValueTask<RelayReceived> ReceiveAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        ObjectDisposedException.ThrowIf(_disposed.Task.IsCompleted, this);
        try
        {
            var received = await _arrived.Reader.ReadAsync(cancellationToken);
            var datagrams = received.Datagrams;
            var length = Math.Min(datagrams.Contents.Length, buffer.Length / datagrams.SegmentSize * datagrams.SegmentSize);
            datagrams.Contents[..length].CopyTo(buffer);
            return received with { Datagrams = datagrams with { Contents = buffer[..length] } };
        }
        catch (ChannelClosedException)
        {
            throw new ObjectDisposedException(nameof(Tunnel));
        }
    }

    public ValueTask DisposeAsync()
    {
        if (_disposed.TrySetResult())
        {
            Tunnels.TryRemove(KeyValuePair.Create((Url, _self), this));
            _arrived.Writer.TryComplete();
        }

        return ValueTask.CompletedTask;
    }
}
