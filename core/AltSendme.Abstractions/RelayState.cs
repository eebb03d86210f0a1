namespace AltSendme.Abstractions;

/// <summary>How a relay tunnel stands.</summary>
/// <param name="Status">In one word.</param>
/// <param name="Detail">For people: why it is down, or what the relay says of itself.</param>
/// <param name="Latency">Round trip to the relay, where it is known.</param>
public sealed record RelayState(RelayStatus Status, string? Detail = null, TimeSpan? Latency = null);
