using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace AltSendme.Core.Policy.Sources;

/// <summary>
/// Whether a file can only be what the administrator wrote: it and every folder above it belong to the administrator, and nobody else may write there. A policy that somebody else could have written is no policy,
/// and one that is refused for that is not the same as none. On Windows the registry sees to it.
/// </summary>
/// <param name="owner">User id of the administrator: 0, but for tests.</param>
internal sealed partial class FileTrust(uint owner = 0)
{
    private const int AtCurrentFolder = -100;
    private const int NoFollow = 0x100;
    private const uint StatxTypeModeAndOwner = 0x1 | 0x2 | 0x8;
    private const int TypeMask = 0xF000;
    private const int Regular = 0x8000;
    private const int Sticky = 0x200;
    private const int WritableByOthers = 0x12;   // group and others

    /// <summary>Why a file can't be trusted, to follow its name; <see langword="null"/> when it can.</summary>
    public string? FaultOf(string path)
    {
        if (OperatingSystem.IsWindows())
            return null;
        var real = RealPath.Of(path);
        if (!TryGetStatus(real, out var status))
            return "can't be looked at";
        if ((status.Mode & TypeMask) != Regular)
            return "is not a regular file";
        for (var current = real; current is not null; current = Path.GetDirectoryName(current))
        {
            if (!TryGetStatus(current, out status))
                return $"can't be trusted: {current} can't be looked at";
            if (status.Owner != owner && status.Owner != 0)
                return $"can't be trusted: {current} belongs to the user {status.Owner}, not to root; use chown root";

            // In a folder with the sticky bit, such as /tmp, nobody can replace what is root's.
            if ((status.Mode & WritableByOthers) != 0 && (current == real || (status.Mode & Sticky) == 0))
                return $"can't be trusted: others than root may write to {current}; use chmod go-w";
        }

        return null;
    }

    // statx(2) has one layout everywhere: owner at byte 20, mode at 28. Darwin's stat with 64-bit inodes has the mode at 4 and the owner at 16.
    private static bool TryGetStatus(string path, out (uint Owner, int Mode) status)
    {
        Span<byte> buffer = stackalloc byte[512];
        status = default;
        if (OperatingSystem.IsLinux())
        {
            if (Statx(AtCurrentFolder, path, NoFollow, StatxTypeModeAndOwner, buffer) != 0)
                return false;
            status = (BinaryPrimitives.ReadUInt32LittleEndian(buffer[20..]), BinaryPrimitives.ReadUInt16LittleEndian(buffer[28..]));
            return true;
        }

        if ((RuntimeInformation.ProcessArchitecture == Architecture.X64 ? StatInode64(path, buffer) : Stat(path, buffer)) != 0)
            return false;
        status = (BinaryPrimitives.ReadUInt32LittleEndian(buffer[16..]), BinaryPrimitives.ReadUInt16LittleEndian(buffer[4..]));
        return true;
    }

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Statx(int folder, string path, int flags, uint mask, Span<byte> buffer);

    [LibraryImport("libc", EntryPoint = "stat$INODE64", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int StatInode64(string path, Span<byte> buffer);

    [LibraryImport("libc", EntryPoint = "stat", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Stat(string path, Span<byte> buffer);
}
