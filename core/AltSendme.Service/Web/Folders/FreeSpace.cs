namespace AltSendme.Service.Web.Folders;

/// <summary>Asks file systems for room.</summary>
internal static class FreeSpace
{
    /// <summary>Free bytes at a folder, or at the nearest above it that is there; <see langword="null"/> where nobody tells.</summary>
    public static long? At(string folder)
    {
        try
        {
            return new DriveInfo(FolderList.Nearest(folder)).AvailableFreeSpace;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return null;
        }
    }
}
