using AltSendme.Abstractions;
using AltSendme.Discovery.Mdns.Records;

namespace AltSendme.Discovery.Mdns;

/// <summary>What neighbours said, for as long as it holds. Several may speak of one endpoint, and only the handshake shows who is right; a newer word replaces only what the same neighbour said. Not thread-safe.</summary>
internal sealed class SightingCache(TimeProvider timeProvider)
{
    /// <summary>Endpoints that are remembered at most; the oldest makes room.</summary>
    public const int MaxEndpoints = 512;

    /// <summary>Neighbours that are remembered for one endpoint at most.</summary>
    public const int MaxSources = 4;

    private readonly Dictionary<EndpointId, List<Held>> _held = [];

    /// <summary>Takes a sighting, or takes one back.</summary>
    public void Add(Sighting sighting)
    {
        if (!_held.TryGetValue(sighting.Id, out var held))
        {
            if (sighting.IsGoodbye)
                return;
            if (_held.Count >= MaxEndpoints)
                _held.Remove(_held.MinBy(static entry => entry.Value.Max(static one => one.Since)).Key);
            _held[sighting.Id] = held = [];
        }

        held.RemoveAll(one => one.Sighting.Source.Equals(sighting.Source));
        if (!sighting.IsGoodbye)
            held.Insert(0, new Held(sighting, timeProvider.GetTimestamp()));
        if (held.Count > MaxSources)
            held.RemoveAt(MaxSources);
        if (held.Count == 0)
            _held.Remove(sighting.Id);
    }

    /// <summary>What holds about one endpoint, the newest first, with its age.</summary>
    public IReadOnlyList<(Sighting Sighting, TimeSpan Age)> Find(EndpointId id) =>
        _held.TryGetValue(id, out var held) ? [.. held.Select(one => (one.Sighting, Age: timeProvider.GetElapsedTime(one.Since))).Where(static found => found.Age < found.Sighting.TimeToLive)] : [];

    /// <summary>Endpoints of which more than half of the time is left, and for how many seconds.</summary>
    public IEnumerable<(EndpointId Id, uint Seconds)> Fresh() =>
        from entry in _held
        from one in entry.Value.Take(1)
        let left = one.Sighting.TimeToLive - timeProvider.GetElapsedTime(one.Since)
        where left > one.Sighting.TimeToLive / 2 && one.Sighting.TimeToLive > SightingReader.TimeToLiveOfIroh
        select (entry.Key, (uint)left.TotalSeconds);

    private readonly record struct Held(Sighting Sighting, long Since);
}
