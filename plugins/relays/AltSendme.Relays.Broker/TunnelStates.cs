using System.Runtime.CompilerServices;
using System.Threading.Channels;
using AltSendme.Abstractions;

namespace AltSendme.Relays.Broker;

/// <summary>The state of a tunnel now, and each change for whoever watches.</summary>
internal sealed class TunnelStates
{
    private readonly Lock _gate = new();
    private readonly List<ChannelWriter<RelayState>> _watchers = [];
    private volatile RelayState _current = new(RelayStatus.Connecting);

    public RelayState Current => _current;

    public void Set(RelayState state)
    {
        lock (_gate)
        {
            if (_current == state)
                return;
            _current = state;
            foreach (var watcher in _watchers)
            {
                watcher.TryWrite(state);
                if (state.Status == RelayStatus.Closed)
                    watcher.TryComplete();
            }
        }
    }

    public async IAsyncEnumerable<RelayState> WatchAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var changes = Channel.CreateUnbounded<RelayState>();
        lock (_gate)
        {
            changes.Writer.TryWrite(_current);
            if (_current.Status == RelayStatus.Closed)
                changes.Writer.TryComplete();
            else
                _watchers.Add(changes.Writer);
        }

        try
        {
            await foreach (var state in changes.Reader.ReadAllAsync(cancellationToken))
                yield return state;
        }
        finally
        {
            lock (_gate)
                _watchers.Remove(changes.Writer);
        }
    }
}
