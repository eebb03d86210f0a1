namespace AltSendme.Quic;

/// <summary>A half-open range of numbers.</summary>
/// <param name="Start">First number in it.</param>
/// <param name="End">First number after it.</param>
internal readonly record struct NumberRange(ulong Start, ulong End)
{
    /// <summary>How many numbers are in it.</summary>
    public ulong Length => End - Start;
}
