using AltSendme.Core.Settings;
using AltSendme.Service.Client.Contract;
using Microsoft.Extensions.Configuration;

namespace AltSendme.Service.Hosting;

/// <summary>The settings that somebody set, with where each comes from. Values that are secrets are left out.</summary>
internal static class SettingsReport
{
    private static readonly string[] Secrets = ["Token", "Proxy"];

    public static IReadOnlyList<SettingView> Read(SettingsFiles files)
    {
        var configuration = SettingsLoader.Read(files);
        return [.. configuration.AsEnumerable().Where(static entry => entry.Value is not null).OrderBy(static entry => entry.Key, StringComparer.OrdinalIgnoreCase).Select(entry => View(configuration, entry.Key, entry.Value!, files))];
    }

    private static SettingView View(IConfigurationRoot configuration, string key, string value, SettingsFiles files)
    {
        var provider = configuration.Providers.Last(provider => provider.TryGet(key, out _));
        var source = provider is FileConfigurationProvider { Source.Path: { } path } ? Path.GetFileName(path) == Path.GetFileName(files.Machine) && IsIn(provider, files.Machine) ? "machine" : "user" : "environment";
        return new SettingView(key, Secrets.Contains(ConfigurationPath.GetSectionKey(key), StringComparer.OrdinalIgnoreCase) ? null : value, source, IsLocked: false, Reason: null);
    }

    private static bool IsIn(IConfigurationProvider provider, string file) => provider is FileConfigurationProvider { Source.FileProvider: { } root } source && root.GetFileInfo(source.Source.Path!).PhysicalPath == file;
}
