using System.Text.Json;

namespace AltSendme.Cli.Integrations.Files;

/// <summary>
/// The folders that were made for integrations, kept in a file beside them: a folder that was there before stays when its last file of ours is gone, one that was made goes. Files need no record,
/// they carry a mark.
/// </summary>
internal sealed record InstallRecord
{
    private const string FileName = "integrations.json";

    /// <summary>The folders that did not exist, outer ones first.</summary>
    public IReadOnlyList<string> Folders { get; init => field = value ?? []; } = [];

    /// <summary>The record of a data folder; an empty one where there is none, or none that can be understood.</summary>
    public static InstallRecord Read(string dataFolder)
    {
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllText(PathIn(dataFolder)), IntegrationJson.Default.InstallRecord) ?? new InstallRecord();
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException or JsonException)
        {
            return new InstallRecord();
        }
    }

    /// <summary>Makes a folder, and remembers each part of the way that was not there.</summary>
    public InstallRecord Making(string folder)
    {
        var missing = new Stack<string>();
        for (var part = folder; !Directory.Exists(part); part = Path.GetDirectoryName(part)!)
            missing.Push(part);
        Directory.CreateDirectory(folder);
        return missing.Count == 0 ? this : this with { Folders = [.. Folders, .. missing] };
    }

    /// <summary>Keeps the record where the data is.</summary>
    /// <param name="dataFolder">Where.</param>
    public void Write(string dataFolder)
    {
        var record = Making(Path.GetDirectoryName(PathIn(dataFolder))!);
        File.WriteAllText(PathIn(dataFolder), JsonSerializer.Serialize(record, IntegrationJson.Default.InstallRecord));
    }

    /// <summary>Removes the folders that were made and hold nothing any more.</summary>
    /// <param name="dataFolder">Where the record is.</param>
    /// <param name="isLast">Whether nothing of ours is left in it, so that what still holds something is somebody else's now.</param>
    public void Prune(string dataFolder, bool isLast)
    {
        var path = PathIn(dataFolder);
        if (isLast && File.Exists(path))
            File.Delete(path);
        var left = Folders.Reverse().Where(static folder => !TryRemove(folder)).Reverse().ToArray();
        if (!isLast && left.Length != Folders.Count)
            (this with { Folders = left }).Write(dataFolder);
    }

    private static string PathIn(string dataFolder) => Path.Combine(dataFolder, "altsendme", FileName);

    // One that still holds something is somebody's.
    private static bool TryRemove(string folder)
    {
        if (!Directory.Exists(folder))
            return true;
        if (Directory.EnumerateFileSystemEntries(folder).Any())
            return false;
        Directory.Delete(folder);
        return true;
    }
}
