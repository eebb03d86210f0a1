using System.Diagnostics.CodeAnalysis;

namespace AltSendme.Core.Plugins.Trust;

/// <summary>Everything that can be said of a plugin's folder without loading code: manifest, signature, hashes, in this order.</summary>
public static class PluginCheck
{
    /// <summary>Who vouches for the plugin, as far as its manifest and signature go. Reads none of its other files.</summary>
    /// <param name="folder">The plugin.</param>
    /// <param name="evidence">What is known, when the answer is <see langword="true"/>.</param>
    /// <param name="fault">Otherwise what is wrong.</param>
    public static bool TryWeigh(PluginFolder folder, [NotNullWhen(true)] out PluginEvidence? evidence, [NotNullWhen(false)] out string? fault)
    {
        ArgumentNullException.ThrowIfNull(folder);
        evidence = null;
        if (folder.Manifest is not { } manifest)
        {
            fault = folder.Fault ?? $"it has no {PluginManifest.FileName}";
            return false;
        }

        if (!PluginSignature.TryVerify(folder.Path, folder.ManifestBytes.Span, out var signer, out fault))
            return false;
        if (signer is not null && manifest.Hashes is null)
        {
            fault = $"it is signed, but {PluginManifest.FileName} has no \"{PluginHashes.Member}\", so the signature vouches for none of its files";
            return false;
        }

        evidence = new PluginEvidence(manifest, folder.Origin, manifest.Hashes is null ? null : PluginHashes.Of(folder.ManifestBytes.Span), signer);
        return true;
    }

    /// <summary>Whether the files are those of the manifest. Only limits are checked where it has no hashes.</summary>
    /// <param name="folder">The plugin.</param>
    /// <param name="fault">What is wrong, naming the file; <see langword="null"/> when nothing is.</param>
    public static bool TryVerifyFiles(PluginFolder folder, [NotNullWhen(false)] out string? fault)
    {
        ArgumentNullException.ThrowIfNull(folder);
        return PluginImage.TryRead(folder.Path, folder.Manifest?.Hashes, out _, out fault);
    }
}
