namespace AltSendme.Interop.Tests.Peers;

/// <summary>A test that needs a real iroh node. Where none can run it is skipped and says what is missing; in CI it fails instead.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class PeerFactAttribute : FactAttribute
{
    /// <summary>Asks once a run whether peers can run here.</summary>
    public PeerFactAttribute() => Skip = PeerSkip.Reason;
}
