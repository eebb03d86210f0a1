using System.Diagnostics.CodeAnalysis;
using AltSendme.Abstractions;

namespace AltSendme.Core.Plugins;

/// <summary>A folder that holds a plugin, or something that wants to be one.</summary>
/// <param name="Path">Absolute path.</param>
/// <param name="Origin">Whose folder it is.</param>
/// <param name="Manifest">What the plugin says about itself; <see langword="null"/> when that can't be read.</param>
/// <param name="Fault">Why the plugin is skipped, for people; <see langword="null"/> when it can be used.</param>
public sealed record PluginFolder(string Path, PluginOrigin Origin, PluginManifest? Manifest, string? Fault)
{
    /// <summary>The manifest's file as it was read; empty when it could not be.</summary>
    internal ReadOnlyMemory<byte> ManifestBytes { get; init; }

    /// <summary>What of the system the plugin needs and does not find; <see langword="null"/> when nothing is missing. The plugin itself is as it should be.</summary>
    public string? Missing { get; init; }

    /// <summary>Why the plugin is not used, for people; <see langword="null"/> when it is.</summary>
    public string? SkippedBecause => Fault ?? (Missing is null ? null : $"it needs {Missing}");

    /// <summary>Whether the plugin may be loaded.</summary>
    [MemberNotNullWhen(true, nameof(Manifest))]
    public bool IsUsable => Fault is null && Missing is null && Manifest is not null;

    /// <summary>The plugin's id, or the folder's name while there is none.</summary>
    public string Name => Manifest?.Id ?? System.IO.Path.GetFileName(Path);

    /// <summary>Looks at one folder; runs none of its code and never throws for what it finds.</summary>
    public static PluginFolder Read(string path, PluginOrigin origin)
    {
        try
        {
            var file = System.IO.Path.Combine(path, PluginManifest.FileName);
            if (!File.Exists(file))
                return new PluginFolder(path, origin, null, $"it has no {PluginManifest.FileName}");

            using var stream = File.OpenRead(file);
            if (stream.Length > PluginManifest.MaxBytes)
                return new PluginFolder(path, origin, null, $"{PluginManifest.FileName} is larger than {PluginManifest.MaxBytes / 1024} KiB");
            var content = new byte[stream.Length];
            stream.ReadExactly(content);

            return PluginManifest.TryRead(content, out var manifest, out var fault)
                ? new PluginFolder(path, origin, manifest, Judge(path, manifest)) { ManifestBytes = content, Missing = SystemNeeds.Missing(manifest) }
                : new PluginFolder(path, origin, null, fault);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return new PluginFolder(path, origin, null, $"{PluginManifest.FileName} can't be read: {exception.Message}");
        }
    }

    private static string? Judge(string path, PluginManifest manifest)
    {
        if (!ContractVersion.Current.Accepts(manifest.ContractVersion))
            return $"it was made for plugin contract {manifest.ContractVersion}, this program has {ContractVersion.Current}; install a version of the plugin made for {ContractVersion.Current.Major}.x up to {ContractVersion.Current}";
        return File.Exists(System.IO.Path.Combine(path, manifest.Assembly)) ? null : $"its assembly {manifest.Assembly} is missing";
    }
}
