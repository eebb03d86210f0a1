using AltSendme.Quic.Paths;

namespace AltSendme.Quic.Driver;

/// <summary>A client that wants to connect, before anything is kept about it. Its address may be forged unless it is validated.</summary>
/// <param name="Remote">Where the datagram came from.</param>
/// <param name="IsAddressValidated">Whether the client has shown that it receives what is sent there: with the token of a Retry or of an earlier connection.</param>
public readonly record struct QuicIncoming(NetworkAddress Remote, bool IsAddressValidated);
