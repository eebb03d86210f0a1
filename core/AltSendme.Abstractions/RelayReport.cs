namespace AltSendme.Abstractions;

/// <summary>What a look at a relay gave.</summary>
/// <param name="Latency">Round trip to the relay; <see langword="null"/> when it did not answer.</param>
/// <param name="Detail">For people: why it did not answer, or what stands in the way.</param>
public sealed record RelayReport(TimeSpan? Latency, string? Detail = null);
