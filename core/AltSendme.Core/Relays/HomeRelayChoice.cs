namespace AltSendme.Core.Relays;

/// <summary>
/// Which relay is home. Changing it means that peers must learn a new way, so a small gain is no reason: another relay must be nearer by a third, as with iroh, and one missed answer is forgiven.
/// </summary>
/// <param name="relays">The relays; the first is home while nothing is known.</param>
internal sealed class HomeRelayChoice(IReadOnlyList<Uri> relays)
{
    /// <summary>Rounds that a relay's best latency is remembered for, so that one slow answer counts for little.</summary>
    private const int Remembered = 3;
    private const double NearerBy = 2.0 / 3;
    private const int ForgivenMisses = 1;

    private readonly Queue<TimeSpan>[] _recent = [.. relays.Select(static _ => new Queue<TimeSpan>())];
    private readonly int[] _misses = new int[relays.Count];
    private int _home;
    private bool _known;

    /// <summary>All relays: home first, then those that answer by latency, then the others.</summary>
    public IReadOnlyList<Uri> Order => [.. Enumerable.Range(0, relays.Count).OrderBy(i => i == _home ? TimeSpan.MinValue : Latency(i)).Select(i => relays[i])];

    /// <summary>Takes in a round of measurements, one a relay; <see langword="null"/> for no answer. Whether home has changed.</summary>
    public bool Update(IReadOnlyList<TimeSpan?> latencies)
    {
        for (var i = 0; i < relays.Count; i++)
            Take(i, latencies[i]);

        var best = Enumerable.Range(0, relays.Count).MinBy(Latency);
        if (Latency(best) == TimeSpan.MaxValue || best == _home)
        {
            _known |= Latency(best) != TimeSpan.MaxValue;
            return false;
        }

        if (_known && Latency(best) > Latency(_home) * NearerBy)
            return false;
        _known = true;
        _home = best;
        return true;
    }

    private void Take(int relay, TimeSpan? latency)
    {
        if (latency is { } time)
        {
            _misses[relay] = 0;
            _recent[relay].Enqueue(time);
            if (_recent[relay].Count > Remembered)
                _recent[relay].Dequeue();
        }
        else if (++_misses[relay] > ForgivenMisses)
        {
            _recent[relay].Clear();
        }
    }

    private TimeSpan Latency(int relay) => _recent[relay].Count > 0 ? _recent[relay].Min() : TimeSpan.MaxValue;
}
