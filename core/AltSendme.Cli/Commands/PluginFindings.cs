using AltSendme.Core.Plugins;
using AltSendme.Core.Plugins.Trust;
using AltSendme.Core.Policy;

namespace AltSendme.Cli.Commands;

/// <summary>What was found out about one plugin.</summary>
/// <param name="Folder">The plugin.</param>
/// <param name="Evidence">Who vouches for it; <see langword="null"/> when its manifest or signature is broken.</param>
/// <param name="Fault">Why it can't be used; <see langword="null"/> when it can.</param>
internal sealed record PluginFindings(PluginFolder Folder, PluginEvidence? Evidence, string? Fault)
{
    /// <summary>What became of the hashes: <c>ok</c>, <c>none</c> or <c>broken</c>; <see langword="null"/> while nobody looked.</summary>
    public string? Hashes { get; init; }

    /// <summary>Whether it was also started.</summary>
    public bool Loads { get; init; }

    /// <summary><c>valid</c>, <c>none</c> or <c>broken</c>.</summary>
    public string Signature => Evidence is null ? Folder.Manifest is null ? "none" : "broken" : Evidence.Signer is null ? "none" : "valid";

    /// <summary>Looks at manifest, signature and policy.</summary>
    public static PluginFindings Of(PluginFolder folder, PolicyDecisionPoint policy) =>
        PluginCheck.TryWeigh(folder, out var evidence, out var fault)
            ? Judged(folder, evidence, evidence.Refusal(policy))
            : new PluginFindings(folder, null, folder.Fault ?? fault);

    /// <summary>Whether policy allows the plugin, as far as anything vouches for it.</summary>
    public bool IsAllowed { get; init; }

    /// <summary>Looks at all files as well.</summary>
    public PluginFindings WithFiles()
    {
        if (Folder.Manifest is null)
            return this;
        var whole = PluginCheck.TryVerifyFiles(Folder, out var fault);
        return this with { Hashes = !whole ? "broken" : Folder.Manifest.Hashes is null ? "none" : "ok", Fault = Fault ?? fault };
    }

    private static PluginFindings Judged(PluginFolder folder, PluginEvidence evidence, string? refusal) => new(folder, evidence, folder.Fault ?? refusal) { IsAllowed = refusal is null };
}
