using System.Net;

namespace AltSendme.Discovery.Mdns;

/// <summary>How many packets are looked at: so many a second of each neighbour, and so many of all. A flood costs what it takes to count it. Not thread-safe.</summary>
internal sealed class SourceLimits(TimeProvider timeProvider)
{
    /// <summary>Packets a second of one neighbour, over time; three times as many at once.</summary>
    public const int PerSource = 30;

    /// <summary>Packets a second of all.</summary>
    public const int Overall = 300;

    private const int Burst = 3;
    private const int MaxSources = 256;

    private readonly Dictionary<IPAddress, Bucket> _sources = [];
    private readonly Bucket _all = new(Overall, timeProvider.GetTimestamp());

    // Shared by the neighbours that there is no room for, so that made-up ones do not lock out those that are known.
    private readonly Bucket _others = new(PerSource, timeProvider.GetTimestamp());

    /// <summary>Whether a packet may be looked at.</summary>
    public bool TryTake(IPAddress source)
    {
        if (!_sources.TryGetValue(source, out var bucket))
        {
            // Neighbours that have been quiet lose nothing by being forgotten.
            if (_sources.Count >= MaxSources)
                Forget();
            bucket = _sources.Count < MaxSources ? _sources[source] = new Bucket(PerSource, timeProvider.GetTimestamp()) : _others;
        }

        return bucket.TryTake(timeProvider) && _all.TryTake(timeProvider);
    }

    private void Forget()
    {
        foreach (var (source, bucket) in _sources)
        {
            if (bucket.IsFull(timeProvider))
                _sources.Remove(source);
        }
    }

    private sealed class Bucket(int perSecond, long since)
    {
        private double _left = perSecond * Burst;
        private long _since = since;

        public bool TryTake(TimeProvider timeProvider)
        {
            Fill(timeProvider);
            if (_left < 1)
                return false;
            _left--;
            return true;
        }

        public bool IsFull(TimeProvider timeProvider)
        {
            Fill(timeProvider);
            return _left >= perSecond * Burst;
        }

        private void Fill(TimeProvider timeProvider)
        {
            _left = Math.Min(perSecond * Burst, _left + (timeProvider.GetElapsedTime(_since).TotalSeconds * perSecond));
            _since = timeProvider.GetTimestamp();
        }
    }
}
