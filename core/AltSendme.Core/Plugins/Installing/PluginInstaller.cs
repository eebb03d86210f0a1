using System.Security.Cryptography;
using AltSendme.Abstractions;
using AltSendme.Core.Errors;
using AltSendme.Core.Plugins.Trust;
using AltSendme.Core.Policy;

namespace AltSendme.Core.Plugins.Installing;

/// <summary>
/// Installs and removes the plugins of one user. A plugin is unpacked beside the others, verified there, and renamed into place: at every moment the old one stands there whole, or the new one does.
/// </summary>
/// <param name="root">The user's folder of plugins; made when needed.</param>
public sealed class PluginInstaller(string root)
{
    /// <summary>Folders whose names begin so are on their way in or out; the search for plugins passes over them.</summary>
    internal const string UnderWay = ".altsendme-";

    /// <summary>Unpacks and verifies a plugin; installs nothing yet.</summary>
    /// <param name="source">A folder or a .zip file.</param>
    /// <param name="policy">What administrators allow.</param>
    /// <param name="cancellationToken">Gives up; nothing stays behind.</param>
    /// <exception cref="PluginException"><c>plugin.package</c>: it is no plugin that can be installed here. <c>plugin.unusable</c>: it could not be used.</exception>
    public async Task<StagedPlugin> StageAsync(string source, PolicyDecisionPoint policy, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(source);
        ArgumentNullException.ThrowIfNull(policy);
        var place = Path.Combine(root, $"{UnderWay}{RandomNumberGenerator.GetHexString(12, lowercase: true)}");
        try
        {
            MakeFolder(root);
            MakeFolder(place);
            if (Directory.Exists(source))
                Copy(source, place);
            else if (File.Exists(source))
                await PluginArchive.ExtractAsync(source, place, cancellationToken);
            else
                throw Fault(source, "there is no such file or folder");
            return Check(source, place, policy);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or InvalidDataException or NotSupportedException)
        {
            Remove(place);
            throw Fault(source, PluginLoader.Reason(exception), exception);
        }
        catch
        {
            Remove(place);
            throw;
        }
    }

    /// <summary>Puts a staged plugin into its place.</summary>
    /// <param name="plugin">What <see cref="StageAsync"/> gave.</param>
    /// <param name="replace">Whether an installed plugin of the same id may be replaced.</param>
    /// <returns>The plugin's folder.</returns>
    /// <exception cref="PluginException"><c>plugin.exists</c>: there is one already. <c>plugin.package</c>: the folder can't be written to.</exception>
    public string Commit(StagedPlugin plugin, bool replace)
    {
        ArgumentNullException.ThrowIfNull(plugin);
        var id = plugin.Evidence.Manifest.Id;
        var old = plugin.Installed?.Path;
        if (old is not null && !replace)
            throw new PluginException(ErrorCodes.PluginExists, $"{id} {plugin.Installed!.Manifest?.Version} is installed already in {old}. Use --replace to put {plugin.Evidence.Manifest.Version} in its place.");

        var target = old ?? Path.Combine(root, id);
        var aside = Path.Combine(root, $"{UnderWay}old-{RandomNumberGenerator.GetHexString(12, lowercase: true)}");
        try
        {
            if (Directory.Exists(target) && old is null)
                throw new PluginException(ErrorCodes.PluginExists, $"{target} exists and holds no plugin with the id {id}. Remove that folder first.");
            if (old is not null)
                Directory.Move(old, aside);
            try
            {
                Directory.Move(plugin.Folder.Path, target);
            }
            catch when (old is not null)
            {
                Directory.Move(aside, old);
                throw;
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Fault(id, PluginLoader.Reason(exception), exception);
        }

        Remove(aside);
        return target;
    }

    /// <summary>Removes a plugin of the user's.</summary>
    /// <returns>The folder that was removed.</returns>
    /// <exception cref="PluginException"><c>plugin.not-installed</c>: the user has none of that id. <c>plugin.package</c>: it can't be removed.</exception>
    public string Uninstall(string id)
    {
        ArgumentException.ThrowIfNullOrEmpty(id);
        var folder = Find(id) ?? throw new PluginException(ErrorCodes.PluginNotInstalled, $"You have no plugin {id} in {root}. 'altsendme plugins list' shows what there is; built-in plugins and those for everybody are not yours to remove.");
        var aside = Path.Combine(root, $"{UnderWay}old-{RandomNumberGenerator.GetHexString(12, lowercase: true)}");
        try
        {
            // Renamed first: a plugin is there or not, never by half.
            Directory.Move(folder.Path, aside);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Fault(id, PluginLoader.Reason(exception), exception);
        }

        Remove(aside);
        return folder.Path;
    }

    /// <summary>Removes a folder; what the system does not let go of stays, under a name that no search takes.</summary>
    internal static void Remove(string folder)
    {
        try
        {
            if (Directory.Exists(folder))
                Directory.Delete(folder, recursive: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Not in the way of anything.
        }
    }

    private StagedPlugin Check(string source, string place, PolicyDecisionPoint policy)
    {
        var folder = PluginFolder.Read(place, PluginOrigin.User);
        if (folder.Manifest is null)
            throw Fault(source, folder.Fault!);
        if (folder.Fault is { } unfit)
            throw PluginLoader.Fault(folder, unfit);
        if (!PluginCheck.TryWeigh(folder, out var evidence, out var fault) || !PluginCheck.TryVerifyFiles(folder, out fault))
            throw PluginLoader.Fault(folder, fault);
        if (evidence.Refusal(policy) is { } refusal)
            throw PluginLoader.Fault(folder, refusal);
        return new StagedPlugin(folder, evidence, Find(evidence.Manifest.Id));
    }

    private PluginFolder? Find(string id) => PluginSearch.Find([(root, PluginOrigin.User)]).FirstOrDefault(folder => folder.Manifest?.Id == id);

    private static void Copy(string source, string place)
    {
        foreach (var file in PluginFiles.List(source).Append(PluginManifest.FileName).Append(PluginSignature.FileName).Where(file => File.Exists(Path.Combine(source, file))))
        {
            var target = Path.Combine(place, file);
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(Path.Combine(source, file), target);
        }
    }

    private static void MakeFolder(string path)
    {
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(path);
        else
            Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    private static PluginException Fault(string what, string reason, Exception? innerException = null) => new(ErrorCodes.PluginPackage, $"{what} was not installed: {reason}.", innerException);
}
