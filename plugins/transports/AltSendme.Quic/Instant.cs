namespace AltSendme.Quic;

/// <summary>
/// A point on a monotonic clock that the caller owns, in microseconds since an arbitrary origin. The core never reads a clock: every input brings its own instant, so that a test can move time.
/// </summary>
/// <param name="Microseconds">Microseconds since the origin.</param>
public readonly record struct Instant(long Microseconds) : IComparable<Instant>
{
    private const long TicksPerMicrosecond = TimeSpan.TicksPerMicrosecond;

    /// <summary>Later than every instant that a clock gives: "never".</summary>
    public static readonly Instant Never = new(long.MaxValue);

    /// <summary>The instant <paramref name="span"/> after <paramref name="instant"/>; <see cref="Never"/> where that would not fit.</summary>
    public static Instant operator +(Instant instant, TimeSpan span)
    {
        var micros = span.Ticks / TicksPerMicrosecond;
        return micros >= long.MaxValue - Math.Max(instant.Microseconds, 0) ? Never : new(instant.Microseconds + micros);
    }

    /// <summary>The instant <paramref name="span"/> before <paramref name="instant"/>.</summary>
    public static Instant operator -(Instant instant, TimeSpan span) => new(instant.Microseconds - (span.Ticks / TicksPerMicrosecond));

    /// <summary>The time from <paramref name="earlier"/> to <paramref name="later"/>; negative when they are the other way round.</summary>
    public static TimeSpan operator -(Instant later, Instant earlier) => new((later.Microseconds - earlier.Microseconds) * TicksPerMicrosecond);

    /// <summary>Whether <paramref name="left"/> is before <paramref name="right"/>.</summary>
    public static bool operator <(Instant left, Instant right) => left.Microseconds < right.Microseconds;

    /// <summary>Whether <paramref name="left"/> is after <paramref name="right"/>.</summary>
    public static bool operator >(Instant left, Instant right) => left.Microseconds > right.Microseconds;

    /// <summary>Whether <paramref name="left"/> is not after <paramref name="right"/>.</summary>
    public static bool operator <=(Instant left, Instant right) => left.Microseconds <= right.Microseconds;

    /// <summary>Whether <paramref name="left"/> is not before <paramref name="right"/>.</summary>
    public static bool operator >=(Instant left, Instant right) => left.Microseconds >= right.Microseconds;

    /// <inheritdoc />
    public int CompareTo(Instant other) => Microseconds.CompareTo(other.Microseconds);

    /// <summary>The earlier of two instants.</summary>
    public static Instant Min(Instant left, Instant right) => left < right ? left : right;

    /// <summary>The later of two instants.</summary>
    public static Instant Max(Instant left, Instant right) => left > right ? left : right;
}
