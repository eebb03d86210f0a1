namespace AltSendme.Abstractions;

/// <summary>What a transport or discovery gets for one endpoint session.</summary>
/// <param name="Identity">Who this side is.</param>
/// <param name="Relays">The way to relays.</param>
public sealed record EndpointContext(IEndpointIdentity Identity, IRelayAccess Relays)
{
    /// <summary>
    /// Whether policy allows an address. A transport asks before it sends to an address that no <see cref="Candidate"/> named (candidates were judged by the host), and takes nothing from one that is not allowed;
    /// the host ends connections that lead there all the same. The answer may change at any time. Fast, never throws, any thread.
    /// </summary>
    public Func<EndpointAddress, bool> MayUse { get; init; } = static _ => true;

    /// <summary>Whether policy allows every address at the moment, so that <see cref="MayUse"/> need not be asked for each. Fast, never throws, any thread.</summary>
    public Func<bool> MayUseAll { get; init; } = static () => true;

    /// <summary>Whether the identity is used again after this session; otherwise nothing that names it may be kept.</summary>
    public bool IsLasting { get; init; }
}
