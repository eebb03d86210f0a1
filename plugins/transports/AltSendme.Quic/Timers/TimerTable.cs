using System.Runtime.CompilerServices;

namespace AltSendme.Quic.Timers;

/// <summary>When each timer fires. Few enough that the earliest is found by looking at all.</summary>
internal sealed class TimerTable
{
    private const int KindCount = (int)TimerKind.MtuSearch + 1;

    private Slots _deadlines;

    /// <summary>Starts with no timer set.</summary>
    public TimerTable() => ((Span<Instant>)_deadlines).Fill(Instant.Never);

    /// <summary>When a timer fires; <see cref="Instant.Never"/> when it is not set.</summary>
    public Instant this[TimerKind kind]
    {
        get => _deadlines[(int)kind];
        set => _deadlines[(int)kind] = value;
    }

    /// <summary>When the first timer fires.</summary>
    public Instant Earliest
    {
        get
        {
            var earliest = Instant.Never;
            foreach (var deadline in (ReadOnlySpan<Instant>)_deadlines)
                earliest = Instant.Min(earliest, deadline);
            return earliest;
        }
    }

    /// <summary>Unsets a timer that has fired; false when it has not.</summary>
    public bool TryExpire(TimerKind kind, Instant now)
    {
        if (this[kind] > now)
            return false;
        this[kind] = Instant.Never;
        return true;
    }

    /// <summary>Unsets all.</summary>
    public void Clear() => ((Span<Instant>)_deadlines).Fill(Instant.Never);

    [InlineArray(KindCount)]
    private struct Slots
    {
        private Instant _first;
    }
}
