using AltSendme.Abstractions;
using AltSendme.Core.Errors;
using AltSendme.Core.Progress;

namespace AltSendme.Core.Receiving;

/// <summary>Checks before anything is fetched that the destination's drive has room for what is missing.</summary>
internal static class DiskPreflight
{
    // The tree of a file takes 64 bytes a group of 16 KiB, the bitmap a bit; the rest is room for folders and the file system's own blocks.
    private const int TreeShare = 256;
    private const long Reserve = 1 << 20;

    /// <exception cref="StorageException"><c>store.disk-full</c>: there is less room than <paramref name="missingBytes"/> need.</exception>
    public static void Check(string folder, long missingBytes, Func<string, long>? freeBytes = null)
    {
        if (missingBytes == 0)
            return;
        var needed = missingBytes + (missingBytes / TreeShare) + Reserve;
        var free = (freeBytes ?? FreeBytes)(folder);
        if (free < needed)
            throw new StorageException(ErrorCodes.DiskFull, $"{folder} has {ByteText.Of(free)} free, and {ByteText.Of(needed)} are needed. Free some space or choose another folder with -o.");
    }

    private static long FreeBytes(string folder)
    {
        try
        {
            return new DriveInfo(folder).AvailableFreeSpace;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            // Some network drives do not say. Then the write itself will.
            return long.MaxValue;
        }
    }
}
