using System.Collections.Concurrent;
using AltSendme.Abstractions;
using AltSendme.RelayProtocol;
using AltSendme.Relays.Server.Metrics;

namespace AltSendme.Relays.Server.Clients;

/// <summary>
/// Who is connected. Where an endpoint id is connected twice, the newest gets what arrives; the older ones are told, wait, and take over again when it goes. May be used from any thread.
/// </summary>
internal sealed class ClientRegistry(RelayMetrics metrics)
{
    /// <summary>Older connections of one id that may wait; the oldest beyond it is cut off.</summary>
    public const int MaxWaiting = 4;

    private readonly ConcurrentDictionary<EndpointId, RelayClient> _active = new();

    // Guards the two below and the order of changes to the one above, which is read without it.
    private readonly Lock _gate = new();
    private readonly Dictionary<EndpointId, List<RelayClient>> _waiting = [];
    private readonly HashSet<RelayClient> _all = [];

    /// <summary>Finds where packets for an endpoint go.</summary>
    public bool TryFind(EndpointId endpoint, [System.Diagnostics.CodeAnalysis.MaybeNullWhen(false)] out RelayClient client) => _active.TryGetValue(endpoint, out client);

    public void Add(RelayClient client)
    {
        RelayClient? tooOld = null;
        RelayClient? replaced;
        lock (_gate)
        {
            _all.Add(client);
            if (_active.TryGetValue(client.Endpoint, out replaced))
            {
                if (!_waiting.TryGetValue(client.Endpoint, out var waiting))
                    _waiting[client.Endpoint] = waiting = [];
                waiting.Add(replaced);
                if (waiting.Count > MaxWaiting)
                {
                    tooOld = waiting[0];
                    waiting.RemoveAt(0);
                }
            }

            _active[client.Endpoint] = client;
        }

        Interlocked.Increment(ref metrics.Clients);
        Interlocked.Increment(ref metrics.ClientsAccepted);
        if (replaced is not null)
        {
            Interlocked.Increment(ref metrics.ClientsReplaced);
            replaced.Tell(ClientStatus.SameEndpointIdConnected);
        }

        tooOld?.Cut();
    }

    /// <summary>Takes a client out, and tells those whom it has sent to when its endpoint is gone with it.</summary>
    public void Remove(RelayClient client)
    {
        RelayClient? promoted = null;
        var gone = false;
        lock (_gate)
        {
            if (!_all.Remove(client))
                return;
            _waiting.TryGetValue(client.Endpoint, out var waiting);
            if (_active.TryGetValue(client.Endpoint, out var active) && active == client)
            {
                promoted = waiting?.LastOrDefault();
                if (promoted is null)
                    gone = _active.TryRemove(client.Endpoint, out _);
                else
                    _active[client.Endpoint] = promoted;
            }

            waiting?.Remove(promoted ?? client);
            if (waiting is { Count: 0 })
                _waiting.Remove(client.Endpoint);
        }

        Interlocked.Decrement(ref metrics.Clients);
        promoted?.Tell(ClientStatus.Healthy);
        if (!gone)
            return;
        foreach (var peer in client.SentTo)
        {
            if (_active.TryGetValue(peer, out var other))
                other.TellGone(client.Endpoint);
        }
    }

    /// <summary>Everybody who is connected now, copied into <paramref name="destination"/>.</summary>
    public void CopyTo(List<RelayClient> destination)
    {
        destination.Clear();
        lock (_gate)
            destination.AddRange(_all);
    }
}
