using AltSendme.Core.Policy;

namespace AltSendme.Core.Plugins.Trust;

/// <summary>What is known of a plugin before any of its code is loaded: what a policy judges it by.</summary>
/// <param name="Manifest">What it says about itself.</param>
/// <param name="Origin">Whose folder it stands in.</param>
/// <param name="Hash">SHA-256 of its manifest in hexadecimal, which stands for the whole plugin because the manifest has the hashes of all other files; <see langword="null"/> where it has none.</param>
/// <param name="Signer">Whose signature the manifest carries, checked; <see langword="null"/> for an unsigned one.</param>
public sealed record PluginEvidence(PluginManifest Manifest, PluginOrigin Origin, string? Hash, SignerKey? Signer)
{
    /// <summary>Why policy forbids the plugin, in words that end a sentence; <see langword="null"/> when it does not.</summary>
    public string? Refusal(PolicyDecisionPoint policy)
    {
        ArgumentNullException.ThrowIfNull(policy);
        return policy.JudgePlugin(Facts) is { IsAllowed: false } verdict ? verdict.Reason!.TrimEnd('.') : null;
    }

    /// <summary>The same as policy wants it. Without hashes there is nothing that an entry of a list could match.</summary>
    internal PluginFacts Facts => new(Manifest.Id, Origin, Hash is null ? default : Convert.FromHexString(Hash), Signer?.ToArray() ?? []);
}
