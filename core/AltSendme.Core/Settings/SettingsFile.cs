using AltSendme.Core.Settings.Documents;
using AltSendme.Core.Settings.Schema;

namespace AltSendme.Core.Settings;

/// <summary>One settings file.</summary>
internal static class SettingsFile
{
    /// <summary>Reads a file; one that does not exist sets nothing. What can't be used is added to <paramref name="faults"/>.</summary>
    public static SettingLayer? Read(string path, List<string> faults)
    {
        try
        {
            return Parse(BoundedFile.Read(path), path, faults);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            faults.Add($"{path} can't be read: {exception.Message.TrimEnd('.')}");
            return null;
        }
    }

    /// <summary>What stands in a file, usable or not, by path; nothing when it can't be read.</summary>
    public static IReadOnlyList<(string Path, string Text)> Raw(string path)
    {
        try
        {
            return JsonConfig.TryRead(BoundedFile.Read(path), out var root, out _) ? [.. Flatten("", root)] : [];
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    /// <summary>Reads the content of a file.</summary>
    public static SettingLayer? Parse(ReadOnlySpan<byte> content, string path, List<string> faults)
    {
        if (!JsonConfig.TryRead(content, out var root, out var fault))
        {
            faults.Add($"{path}{fault.Where}: {fault.Message}");
            return null;
        }

        var reader = new SchemaReader(SettingKeys.All, path) { FreeSection = SettingKeys.FreeSection }.Read(root);
        faults.AddRange(reader.Faults);
        return new SettingLayer(path, reader.Values, reader.Free);
    }

    private static IEnumerable<(string Path, string Text)> Flatten(string path, ConfigNode node)
    {
        var prefix = path.Length == 0 ? "" : path + ':';
        return node.Kind switch
        {
            ConfigKind.Object => node.Members.SelectMany(member => Flatten(prefix + member.Key, member.Value)),
            ConfigKind.List => node.Items.SelectMany((item, index) => Flatten(prefix + index, item)),
            ConfigKind.Null => [],
            _ => [(path, node.Text)],
        };
    }
}
