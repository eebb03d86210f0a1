namespace AltSendme.Core.Relays;

/// <summary>What a step of <see cref="RelayCheck"/> gave.</summary>
/// <param name="Works">Whether it went well.</param>
/// <param name="Text">For people: what works, or what does not and why.</param>
public sealed record RelayCheckStep(bool Works, string Text)
{
    /// <summary>Whether it did not go well and that does not matter much: the relay can be used without.</summary>
    public bool IsNote { get; init; }

    /// <summary>How long the relay took to answer, of the step that measured it.</summary>
    public TimeSpan? Latency { get; init; }
}
