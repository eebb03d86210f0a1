using AltSendme.Core.Settings.Documents;

namespace AltSendme.Core.Policy.Sources;

/// <summary>Policy in files: <c>policy.json</c>, then <c>policy.d/*.json</c> in the order of their names.</summary>
internal sealed class PolicyFolder(string folder, FileTrust trust) : IPolicySource
{
    private const int MaxFiles = 256;

    public string Location => Path.Combine(folder, "policy.json");

    public IReadOnlyList<PolicyPart> Read(List<string> faults)
    {
        var parts = new List<PolicyPart>();
        foreach (var file in Files(faults))
        {
            if (Read(file, faults) is { } part)
                parts.Add(part);
        }

        return parts;
    }

    private IEnumerable<string> Files(List<string> faults)
    {
        yield return Location;
        foreach (var file in InFolder(Path.Combine(folder, "policy.d"), faults))
            yield return file;
    }

    private static string[] InFolder(string path, List<string> faults)
    {
        try
        {
            string[] files = [.. Directory.GetFiles(path, "*.json").Where(static file => Path.GetFileName(file)[0] != '.').Order(StringComparer.Ordinal)];
            if (files.Length <= MaxFiles)
                return files;
            faults.Add($"{path} has more than {MaxFiles} files");
        }
        catch (DirectoryNotFoundException)
        {
            // There need be none.
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            faults.Add($"{path} can't be read: {exception.Message.TrimEnd('.')}");
        }

        return [];
    }

    private PolicyPart? Read(string file, List<string> faults)
    {
        try
        {
            // Not opened before it is known what it is: opening a pipe would wait for ever.
            if (!Exists(file))
                return null;
            if (trust.FaultOf(file) is not { } fault)
                return PolicyPart.OfJson(file, BoundedFile.Read(file), faults);
            faults.Add($"{file} {fault}");
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            // Removed a moment ago.
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            faults.Add($"{file} can't be read: {exception.Message.TrimEnd('.')}");
        }

        return null;
    }

    // Unlike File.Exists, which says no as well when the user may not look.
    private static bool Exists(string file)
    {
        try
        {
            _ = File.GetAttributes(file);
            return true;
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return false;
        }
    }
}
