namespace AltSendme.Interop.Tests.Peers;

/// <summary>Why a test that needs a peer is left out.</summary>
internal static class PeerSkip
{
    /// <summary>What is missing on this machine; <see langword="null"/> where nothing is, and always in CI, where such a test must fail.</summary>
    public static string? Reason => MustRun ? null : PeerEnvironment.WhyNot;

    /// <summary>The same for tests that drop packets.</summary>
    public static string? NoFirewall => MustRun ? null : PeerEnvironment.WhyNoFirewall;

    private static bool MustRun => Environment.GetEnvironmentVariable("CI") == "true";
}
