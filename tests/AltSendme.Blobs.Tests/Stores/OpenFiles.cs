namespace AltSendme.Blobs.Tests.Stores;

/// <summary>What this process has open.</summary>
internal static class OpenFiles
{
    /// <summary>Open files below a folder; <see langword="null"/> where the system does not tell.</summary>
    public static int? CountBelow(string folder) => !OperatingSystem.IsLinux()
        ? null
        : Directory.GetFiles("/proc/self/fd").Count(descriptor => TargetOf(descriptor).StartsWith(folder, StringComparison.Ordinal));

    // A descriptor may be closed by another test between the listing and the question.
    private static string TargetOf(string descriptor)
    {
        try
        {
            return new FileInfo(descriptor).LinkTarget ?? "";
        }
        catch (IOException)
        {
            return "";
        }
    }
}
