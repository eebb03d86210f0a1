using AltSendme.Cli.Commands;
using AltSendme.Core.Plugins;
using AltSendme.Core.Plugins.Installing;
using AltSendme.Core.Plugins.Trust;

namespace AltSendme.Cli.Rendering;

/// <summary>Plugins as lines for people. What a manifest says is its author's word, and shown with care.</summary>
internal static class PluginText
{
    public static List<string> Lines(IReadOnlyList<PluginFolder> folders)
    {
        var lines = new List<string>();
        foreach (var folder in folders)
        {
            if (folder.Manifest is { } manifest)
                lines.Add($"{manifest.Id} {SafeText.Of(manifest.Version)}  {Kind(manifest)}, {Origin(folder.Origin)}{(manifest.Description.Length > 0 ? $": {SafeText.Of(manifest.Description)}" : "")}");
            else
                lines.Add($"{SafeText.Of(folder.Path)}  {Origin(folder.Origin)}");
            if (folder.SkippedBecause is { } reason)
                lines.Add($"  skipped: {SafeText.Of(reason)}");
            else if (SystemNeeds.Found(folder.Manifest!) is { } found)
                lines.Add($"  uses {found}");
        }

        if (folders.Count == 0)
            lines.Add("No plugin was found. A complete installation has at least altsendme.tls beside the program.");
        return lines;
    }

    public static List<string> Info(PluginFindings findings)
    {
        var lines = new List<string> { $"{findings.Folder.Name}, {Origin(findings.Folder.Origin)}", $"folder     {SafeText.Of(findings.Folder.Path)}" };
        if (findings.Folder.Manifest is { } manifest)
        {
            lines.Add($"version    {SafeText.Of(manifest.Version)}, for contract {manifest.ContractVersion}");
            lines.Add($"kind       {Kind(manifest)}");
            lines.Add($"code       {SafeText.Of(manifest.Type)} in {SafeText.Of(manifest.Assembly)}");
            if (manifest.Description.Length > 0)
                lines.Add($"about      {SafeText.Of(manifest.Description)}");
            if (manifest.License.Length > 0)
                lines.Add($"licence    {SafeText.Of(manifest.License)}");
            lines.Add($"signer     {Signer(findings.Evidence)}");
            lines.Add($"hash       {Hash(findings.Evidence)}");
            lines.Add($"policy     {(findings.IsAllowed ? "allowed" : "denied")}");
        }

        lines.Add((findings.Fault ?? findings.Folder.SkippedBecause) is { } reason ? $"skipped    {SafeText.Of(reason)}" : "It can be used.");
        return lines;
    }

    public static List<string> Verified(IReadOnlyList<PluginFindings> all)
    {
        var lines = new List<string>();
        foreach (var findings in all)
        {
            var name = findings.Folder.Manifest is { } manifest ? $"{manifest.Id} {SafeText.Of(manifest.Version)}" : SafeText.Of(findings.Folder.Path);
            lines.Add(findings.Fault is { } fault
                ? $"FAULT {name}: {SafeText.Of(fault)}"
                : $"ok    {name}: {(findings.Hashes == "none" ? "no hashes to check" : "every file is the one that the manifest lists")}, {(findings.Evidence!.Signer is { } signer ? $"signed by {signer}" : "not signed")}{(findings.Loads ? ", and it starts" : "")}");
        }

        return lines;
    }

    /// <summary>What is about to be installed.</summary>
    public static IEnumerable<string> Offer(StagedPlugin staged)
    {
        var manifest = staged.Evidence.Manifest;
        yield return $"{manifest.Id} {SafeText.Of(manifest.Version)}: {(manifest.Description.Length > 0 ? SafeText.Of(manifest.Description) : "no description")}";
        yield return $"  what it does: {Does(manifest)}";
        yield return $"  signed by: {Signer(staged.Evidence)}";
        yield return $"  hash: {Hash(staged.Evidence)}";
        if (staged.Installed?.Manifest is { } installed)
            yield return $"  takes the place of version {SafeText.Of(installed.Version)}";
        yield return "  A plugin is a program: it runs as you, with all your rights. Install it only if you trust whoever made it.";
    }

    private static string Does(PluginManifest manifest) => manifest.Kind switch
    {
        PluginKind.Transport => $"carries the bytes of transfers to addresses of the kind {string.Join(", ", manifest.Schemes)}",
        PluginKind.Relay => $"tunnels encrypted transfers through relays at {string.Join(", ", manifest.Schemes.Select(static scheme => scheme + "://..."))}",
        _ => "tells others where this machine is, and finds theirs",
    };

    private static string Signer(PluginEvidence? evidence) => evidence?.Signer?.Text ?? "nobody";

    private static string Hash(PluginEvidence? evidence) => evidence?.Hash ?? "none: the manifest does not say what its files are";

    private static string Kind(PluginManifest manifest) => $"{manifest.Kind.ToString().ToLowerInvariant()}{(manifest.Schemes.Count > 0 ? $" ({string.Join(", ", manifest.Schemes)})" : "")}";

    private static string Origin(PluginOrigin origin) => origin switch
    {
        PluginOrigin.BuiltIn => "built in",
        PluginOrigin.Machine => "installed for everybody",
        _ => "installed by you",
    };
}
