namespace AltSendme.Abstractions;

/// <summary>Who named a candidate.</summary>
/// <param name="Name">A short name for people: <c>ticket</c>, <c>mdns</c>, <c>pkarr</c> ...</param>
public readonly record struct CandidateSource(string Name)
{
    /// <summary>The address stood in the ticket.</summary>
    public static readonly CandidateSource Ticket = new("ticket");

    /// <summary>The user named the address.</summary>
    public static readonly CandidateSource User = new("user");

    /// <inheritdoc/>
    public override string ToString() => Name;
}
