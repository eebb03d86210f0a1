using AltSendme.Abstractions;

namespace AltSendme.Core.Relays;

/// <summary>A tunnel and how many use it. Counted under the pool's gate.</summary>
internal sealed class SharedTunnel(IRelay relay)
{
    private int _users;

    public IRelay Relay => relay;

    /// <summary>One more user.</summary>
    public IRelay Lease(Func<SharedTunnel, ValueTask> giveBack)
    {
        _users++;
        return new Share(this, giveBack);
    }

    /// <summary>One fewer; whether it was the last.</summary>
    public bool Return() => --_users == 0;

    /// <summary>One user's share of the tunnel: the tunnel itself, except that disposing it gives only the share back. A tunnel has one receiver; of several users, one receives.</summary>
    private sealed class Share(SharedTunnel tunnel, Func<SharedTunnel, ValueTask> giveBack) : IRelay
    {
        private int _disposed;

        public Uri Url => tunnel.Relay.Url;

        public RelayState State => Volatile.Read(ref _disposed) != 0 ? new RelayState(RelayStatus.Closed) : tunnel.Relay.State;

        public IAsyncEnumerable<RelayState> WatchStateAsync(CancellationToken cancellationToken = default) => tunnel.Relay.WatchStateAsync(cancellationToken);

        public ValueTask SendAsync(RelayDatagrams datagrams, CancellationToken cancellationToken = default) => tunnel.Relay.SendAsync(datagrams, cancellationToken);

        public ValueTask<RelayReceived> ReceiveAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            ObjectDisposedException.ThrowIf(Volatile.Read(ref _disposed) != 0, this);
            return tunnel.Relay.ReceiveAsync(buffer, cancellationToken);
        }

        public ValueTask DisposeAsync() => Interlocked.Exchange(ref _disposed, 1) == 0 ? giveBack(tunnel) : ValueTask.CompletedTask;
    }
}
