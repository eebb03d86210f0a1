namespace AltSendme.Interop.Tests.Peers;

/// <summary><see cref="PeerFactAttribute"/> with data.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class PeerTheoryAttribute : TheoryAttribute
{
    /// <summary>Asks once a run whether peers can run here.</summary>
    public PeerTheoryAttribute() => Skip = PeerSkip.Reason;
}
