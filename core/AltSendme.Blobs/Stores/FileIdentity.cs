using Microsoft.Win32.SafeHandles;

namespace AltSendme.Blobs.Stores;

/// <summary>
/// What tells one state of a file from another without reading it. Two equal identities are no proof of equal content, since a clock has a resolution; a served block is proved by its hash.
/// </summary>
/// <param name="Size">Bytes.</param>
/// <param name="Modified">When the content was last written, in the file system's own unit and epoch.</param>
/// <param name="Volume">The file system that the file is on; 0 where the platform does not tell cheaply.</param>
/// <param name="FileId">The file's number (inode) on its volume, which another file of the same name does not have; 0 where the platform does not tell cheaply.</param>
public readonly record struct FileIdentity(long Size, long Modified, ulong Volume, ulong FileId)
{
    /// <summary>Asks the file system about an open file.</summary>
    /// <exception cref="IOException">It does not answer.</exception>
    internal static FileIdentity Of(SafeFileHandle handle)
    {
        if (OperatingSystem.IsLinux() && LinuxFileStatus.TryGet(handle, out var identity))
            return identity;
        if (OperatingSystem.IsWindows() && WindowsFileStatus.TryGet(handle, out identity))
            return identity;
        return new FileIdentity(RandomAccess.GetLength(handle), File.GetLastWriteTimeUtc(handle).Ticks, 0, 0);
    }
}
