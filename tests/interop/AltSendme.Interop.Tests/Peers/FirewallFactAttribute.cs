namespace AltSendme.Interop.Tests.Peers;

/// <summary><see cref="PeerFactAttribute"/> for a test that drops packets in its namespace, too.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class FirewallFactAttribute : FactAttribute
{
    /// <summary>Asks once a run whether peers can run here, and whether there is a firewall.</summary>
    public FirewallFactAttribute() => Skip = PeerSkip.Reason ?? PeerSkip.NoFirewall;
}
