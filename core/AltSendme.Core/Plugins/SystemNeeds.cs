namespace AltSendme.Core.Plugins;

/// <summary>
/// What plugins may need of the system, by the names that manifests use. The host looks for it, so that a plugin which can't work here is listed with the reason and never started.
/// </summary>
public static class SystemNeeds
{
    private const string Quic = "quic";

    /// <summary>What is missing and how to get it, to go behind "it needs"; <see langword="null"/> when everything is there.</summary>
    public static string? Missing(PluginManifest manifest)
    {
        ArgumentNullException.ThrowIfNull(manifest);
        foreach (var need in manifest.Needs)
        {
            if (need != Quic)
                return $"\"{need}\", which this program does not know; update it";
            if (!SystemQuic.IsThere)
                return $"libmsquic 2.2 or later, which is not here: {SystemQuic.HowToGet}";
        }

        return null;
    }

    /// <summary>What was found, with its version; <see langword="null"/> where the manifest asks for nothing.</summary>
    public static string? Found(PluginManifest manifest)
    {
        ArgumentNullException.ThrowIfNull(manifest);
        return manifest.Needs.Contains(Quic) && SystemQuic.IsThere ? $"libmsquic {SystemQuic.Version() ?? "of an unknown version"}" : null;
    }
}
