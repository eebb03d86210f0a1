namespace AltSendme.Interop.Tests.Peers;

/// <summary>Why a test that needs a peer is left out.</summary>
internal static class PeerSkip
{
    /// <summary>What is missing on this machine; <see langword="null"/> where nothing is, and always in CI, where such a test must fail.</summary>
    public static string? Reason => Environment.GetEnvironmentVariable("CI") == "true" ? null : PeerEnvironment.WhyNot;
}
