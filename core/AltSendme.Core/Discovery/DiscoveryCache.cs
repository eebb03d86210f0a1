using AltSendme.Abstractions;

namespace AltSendme.Core.Discovery;

/// <summary>What discovery services said, for as long as they said it holds. One for the process; may be used from any thread.</summary>
internal sealed class DiscoveryCache(TimeProvider timeProvider)
{
    /// <summary>Endpoints that are remembered at most.</summary>
    public const int MaxEndpoints = 256;

    /// <summary>The longest that an answer is kept, whatever it says of itself.</summary>
    public static readonly TimeSpan MaxTimeToLive = TimeSpan.FromMinutes(5);

    private readonly Lock _gate = new();   // guards the entries
    private readonly Dictionary<EndpointId, Entry> _entries = [];

    /// <summary>What is known of an endpoint and still holds; empty when nothing is.</summary>
    public IReadOnlyList<Candidate> Find(EndpointId id)
    {
        lock (_gate)
        {
            if (!_entries.TryGetValue(id, out var entry))
                return [];
            var age = timeProvider.GetElapsedTime(entry.Since);
            if (age < entry.TimeToLive)
                return [.. entry.Candidates.Select(candidate => candidate with { Age = candidate.Age + age })];
            _entries.Remove(id);
            return [];
        }
    }

    /// <summary>Keeps the answers that may be kept, all of them until the first expires: a part would hide what the others say by then.</summary>
    public void Keep(EndpointId id, IReadOnlyList<Candidate> candidates)
    {
        var lasting = candidates.Where(static candidate => candidate.TimeToLive > TimeSpan.Zero).ToArray();
        if (lasting.Length == 0)
            return;
        var shortest = lasting.Min(static candidate => candidate.TimeToLive!.Value);
        lock (_gate)
        {
            if (_entries.Count >= MaxEndpoints && !_entries.ContainsKey(id))
                _entries.Remove(_entries.MinBy(static entry => entry.Value.Since).Key);
            _entries[id] = new Entry(lasting, timeProvider.GetTimestamp(), shortest < MaxTimeToLive ? shortest : MaxTimeToLive);
        }
    }

    /// <summary>What was known led nowhere.</summary>
    public void Forget(EndpointId id)
    {
        lock (_gate)
            _entries.Remove(id);
    }

    private sealed record Entry(IReadOnlyList<Candidate> Candidates, long Since, TimeSpan TimeToLive);
}
