namespace AltSendme.Core.Receiving;

/// <summary>When a way to the sender is given up for another one, and when the sender is.</summary>
/// <param name="RetryFor">How long it is tried again without anything new.</param>
/// <param name="StallAfter">How long nothing may arrive before another way is tried beside the old one.</param>
/// <param name="Afterwards">A sentence that says what a later run can go on from; ends the messages of losses.</param>
internal sealed record RetryRules(TimeSpan RetryFor, TimeSpan StallAfter, string Afterwards);
