namespace AltSendme.Abstractions;

/// <summary>What a transport or discovery gets for one endpoint session.</summary>
/// <param name="Identity">Who this side is.</param>
/// <param name="Relays">The way to relays.</param>
public sealed record EndpointContext(IEndpointIdentity Identity, IRelayAccess Relays);
