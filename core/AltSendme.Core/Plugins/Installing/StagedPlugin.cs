using AltSendme.Core.Plugins.Trust;

namespace AltSendme.Core.Plugins.Installing;

/// <summary>A plugin that was unpacked beside those of the user and verified, and is not installed yet. Disposing it removes what was not installed.</summary>
public sealed class StagedPlugin : IDisposable
{
    internal StagedPlugin(PluginFolder folder, PluginEvidence evidence, PluginFolder? installed)
    {
        Folder = folder;
        Evidence = evidence;
        Installed = installed;
    }

    /// <summary>The plugin, where it waits.</summary>
    public PluginFolder Folder { get; }

    /// <summary>Who vouches for it.</summary>
    public PluginEvidence Evidence { get; }

    /// <summary>The user's plugin of the same id, which it would replace.</summary>
    public PluginFolder? Installed { get; }

    /// <inheritdoc/>
    public void Dispose() => PluginInstaller.Remove(Folder.Path);
}
