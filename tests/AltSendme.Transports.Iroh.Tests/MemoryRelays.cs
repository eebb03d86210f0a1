using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using AltSendme.Abstractions;

namespace AltSendme.Transports.Iroh.Tests;

/// <summary>A relay in memory that every endpoint of a test may use.</summary>
internal sealed class MemoryRelays
{
    public static readonly Uri Url = new("https://relay.example/");

    private readonly ConcurrentDictionary<EndpointId, Channel<RelayDatagrams>> _queues = new();
    private int _bytes;

    /// <summary>Bytes that went through.</summary>
    public int Bytes => Volatile.Read(ref _bytes);

    /// <summary>The way of one endpoint to the relay.</summary>
    /// <param name="own">The endpoint.</param>
    /// <param name="isRefusing">Whether the relay turns it away.</param>
    /// <param name="connecting">Ends when the relay can be used; at once without it.</param>
    public IRelayAccess For(EndpointId own, bool isRefusing = false, Task? connecting = null) => new Access(this, own, isRefusing, connecting ?? Task.CompletedTask);

    private sealed class Access(MemoryRelays relays, EndpointId own, bool isRefusing, Task connecting) : IRelayAccess
    {
        public ValueTask<IRelay> OpenAsync(Uri url, CancellationToken cancellationToken = default) => ValueTask.FromResult<IRelay>(new Relay(relays, own, isRefusing, connecting));

        public async IAsyncEnumerable<IReadOnlyList<Uri>> WatchPreferredAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
        {
            yield return [Url];
            await Task.Delay(Timeout.Infinite, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private sealed class Relay(MemoryRelays relays, EndpointId own, bool isRefusing, Task connecting) : IRelay
    {
        private readonly Channel<RelayDatagrams> _queue = relays._queues.GetOrAdd(own, static _ => Channel.CreateUnbounded<RelayDatagrams>());

        public Uri Url => MemoryRelays.Url;

        public RelayState State => new(isRefusing ? RelayStatus.Refused : RelayStatus.Connected, isRefusing ? "the token is wrong" : null);

        public async IAsyncEnumerable<RelayState> WatchStateAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
        {
            await connecting.WaitAsync(cancellationToken);
            yield return State;
        }

        public ValueTask SendAsync(RelayDatagrams datagrams, CancellationToken cancellationToken = default)
        {
            Interlocked.Add(ref relays._bytes, datagrams.Contents.Length);
            if (relays._queues.TryGetValue(datagrams.Peer, out var queue))
                queue.Writer.TryWrite(datagrams with { Peer = own, Contents = datagrams.Contents.ToArray() });
            return ValueTask.CompletedTask;
        }

        public async ValueTask<RelayReceived> ReceiveAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            var datagrams = await _queue.Reader.ReadAsync(cancellationToken);
            datagrams.Contents.CopyTo(buffer);
            return new RelayReceived(RelayReceivedKind.Datagrams, datagrams with { Contents = buffer[..datagrams.Contents.Length] });
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
