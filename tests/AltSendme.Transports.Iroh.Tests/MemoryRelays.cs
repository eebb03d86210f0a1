using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using AltSendme.Abstractions;

namespace AltSendme.Transports.Iroh.Tests;

/// <summary>A relay in memory that every endpoint of a test may use.</summary>
internal sealed class MemoryRelays
{
    // Without TLS, so that nobody asks it for a public address.
    public static readonly Uri Url = new("http://relay.example/");

    private static readonly byte[] DiscoMagic = "TS💬"u8.ToArray();

    private readonly ConcurrentDictionary<EndpointId, Channel<RelayDatagrams>> _queues = new();
    private int _bytes;

    /// <summary>Bytes that went through.</summary>
    public int Bytes => Volatile.Read(ref _bytes);

    /// <summary>The way of one endpoint to the relay.</summary>
    /// <param name="own">The endpoint.</param>
    /// <param name="isRefusing">Whether the relay turns it away.</param>
    /// <param name="connecting">Ends when the relay can be used; at once without it.</param>
    /// <param name="callsEarly">Whether the first call for pings overtakes all that this endpoint sends but its very first datagram; no later call arrives.</param>
    public IRelayAccess For(EndpointId own, bool isRefusing = false, Task? connecting = null, bool callsEarly = false) => new Access(this, own, isRefusing, connecting ?? Task.CompletedTask, callsEarly);

    private sealed class Access(MemoryRelays relays, EndpointId own, bool isRefusing, Task connecting, bool callsEarly) : IRelayAccess
    {
        public ValueTask<IRelay> OpenAsync(Uri url, CancellationToken cancellationToken = default) => ValueTask.FromResult<IRelay>(new Relay(relays, own, isRefusing, connecting, callsEarly));

        public async IAsyncEnumerable<IReadOnlyList<Uri>> WatchPreferredAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
        {
            yield return [Url];
            await Task.Delay(Timeout.Infinite, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private sealed class Relay(MemoryRelays relays, EndpointId own, bool isRefusing, Task connecting, bool callsEarly) : IRelay
    {
        private readonly List<RelayDatagrams> _held = [];
        private bool _hasBegun;
        private bool _hasCalled;

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
            datagrams = datagrams with { Contents = datagrams.Contents.ToArray() };
            if (callsEarly && datagrams.Contents.Span.StartsWith(DiscoMagic))
            {
                if (_hasCalled)
                    return ValueTask.CompletedTask;
                _hasCalled = true;
                Deliver(datagrams);
                _held.ForEach(Deliver);
            }
            else if (callsEarly && _hasBegun && !_hasCalled)
            {
                _held.Add(datagrams);
            }
            else
            {
                _hasBegun = true;
                Deliver(datagrams);
            }

            return ValueTask.CompletedTask;
        }

        public async ValueTask<RelayReceived> ReceiveAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            var datagrams = await _queue.Reader.ReadAsync(cancellationToken);
            datagrams.Contents.CopyTo(buffer);
            return new RelayReceived(RelayReceivedKind.Datagrams, datagrams with { Contents = buffer[..datagrams.Contents.Length] });
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;

        private void Deliver(RelayDatagrams datagrams)
        {
            Interlocked.Add(ref relays._bytes, datagrams.Contents.Length);
            if (relays._queues.TryGetValue(datagrams.Peer, out var queue))
                queue.Writer.TryWrite(datagrams with { Peer = own });
        }
    }
}
