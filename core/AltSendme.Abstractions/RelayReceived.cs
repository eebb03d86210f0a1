namespace AltSendme.Abstractions;

/// <summary>What a relay delivered.</summary>
/// <param name="Kind">Which of the two.</param>
/// <param name="Datagrams">The datagrams, or, for <see cref="RelayReceivedKind.EndpointGone"/>, only the peer.</param>
public readonly record struct RelayReceived(RelayReceivedKind Kind, RelayDatagrams Datagrams);
