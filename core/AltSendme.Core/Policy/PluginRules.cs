using AltSendme.Core.Plugins;

namespace AltSendme.Core.Policy;

/// <summary>
/// Which plugins may be loaded. Those of the program itself always may: transports and discovery services have rules of their own. Any other must pass every rule that is there. Immutable.
/// </summary>
public sealed record PluginRules
{
    /// <summary>All may.</summary>
    public static readonly PluginRules None = new();

    /// <summary>Whether plugins in the user's own folder are left out.</summary>
    public bool ForbidUserFolders { get; init; }

    /// <summary>Whether a signature by one of <see cref="TrustedSigners"/> is needed, whatever else allows the plugin.</summary>
    public bool RequireSignature { get; init; }

    /// <summary>Plugins that may be loaded, those of trusted signers apart; <see langword="null"/> without a list. Two sources may each have one: a plugin must be in all.</summary>
    public IReadOnlyList<IReadOnlyList<AllowedPlugin>>? AllowedPlugins { get; init; }

    /// <summary>Ed25519 public keys, 64 hexadecimal digits each, whose signature allows a plugin; <see langword="null"/> without a list.</summary>
    public IReadOnlySet<string>? TrustedSigners { get; init; }

    /// <summary>Words that name where a rule stands, such as <c>Plugins:Allowed in /etc/altsendme/policy.json</c>, by the rule's last part.</summary>
    internal Func<string, string> Where { get; init; } = static key => $"Plugins:{key} of the policy";

    /// <summary>Decides about one plugin, before any of its code runs.</summary>
    public PluginVerdict Judge(PluginFacts facts)
    {
        ArgumentNullException.ThrowIfNull(facts);
        if (facts.Origin == PluginOrigin.BuiltIn)
            return PluginVerdict.Allowed;
        if (ForbidUserFolders && facts.Origin == PluginOrigin.User)
            return Denied(nameof(ForbidUserFolders), "policy forbids plugins in the user's own folder");

        var isTrusted = !facts.Signer.IsEmpty && TrustedSigners is { } signers && signers.Contains(Convert.ToHexStringLower(facts.Signer.Span));
        if (RequireSignature && !isTrusted)
            return Denied(nameof(RequireSignature), facts.Signer.IsEmpty ? "policy asks for a signature by a trusted key, and the plugin has none" : "policy asks for a signature by a trusted key, and the plugin's key is not one");
        if (isTrusted || (AllowedPlugins is null && TrustedSigners is null))
            return PluginVerdict.Allowed;
        if (AllowedPlugins is null)
            return Denied(nameof(TrustedSigners), "no key that policy trusts has signed the plugin");
        return AllowedPlugins.All(list => list.Any(entry => IsListed(entry, facts))) ? PluginVerdict.Allowed : Denied("Allowed", "the plugin, with this manifest, is not among those that policy allows");
    }

    private static bool IsListed(AllowedPlugin entry, PluginFacts facts) =>
        entry.Id == facts.Id && (entry.ManifestSha256 is null || entry.ManifestSha256.Equals(Convert.ToHexStringLower(facts.ManifestSha256.Span), StringComparison.OrdinalIgnoreCase));

    private PluginVerdict Denied(string key, string reason) => new(false, $"{reason} ({Where(key)}); ask your administrator");
}
