namespace AltSendme.Abstractions;

/// <summary>An address that may lead to an endpoint, and who says so. A candidate is a hint: only the handshake proves who answers.</summary>
/// <param name="Address">Where to try.</param>
/// <param name="Source">Who named it; shown to the user and filtered by policy.</param>
public sealed record Candidate(EndpointAddress Address, CandidateSource Source)
{
    /// <summary>How old the information is, where its source knows.</summary>
    public TimeSpan? Age { get; init; }

    /// <summary>How long it may be used again without asking its source, from now on. The host keeps nothing that names no such time.</summary>
    public TimeSpan? TimeToLive { get; init; }
}
