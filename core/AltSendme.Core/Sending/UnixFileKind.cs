using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace AltSendme.Core.Sending;

/// <summary>Tells regular files from pipes, sockets and devices, which .NET does not: opening a pipe would wait for its other end for ever.</summary>
internal static partial class UnixFileKind
{
    private const int TypeMask = 0xF000;
    private const int Regular = 0x8000;
    private const int AtCurrentFolder = -100;
    private const uint StatxType = 1;

    // statx(2): one layout for all architectures, the mode is at byte 28. Darwin's stat with 64-bit inodes has it at byte 4.
    private const int StatxModeOffset = 28;
    private const int DarwinModeOffset = 4;
    private const int BufferLength = 512;

    /// <summary>Whether the path, after links, is a regular file. What can't be asked counts as one: reading it will tell.</summary>
    public static bool IsRegular(string path)
    {
        Span<byte> buffer = stackalloc byte[BufferLength];
        try
        {
            if (OperatingSystem.IsLinux())
                return Statx(AtCurrentFolder, path, 0, StatxType, buffer) != 0 || IsRegular(buffer[StatxModeOffset..]);
            if (!OperatingSystem.IsMacOS())
                return true;
            var result = RuntimeInformation.ProcessArchitecture == Architecture.X64 ? StatInode64(path, buffer) : Stat(path, buffer);
            return result != 0 || IsRegular(buffer[DarwinModeOffset..]);
        }
        catch (EntryPointNotFoundException)
        {
            return true;
        }
    }

    private static bool IsRegular(ReadOnlySpan<byte> mode) => (BinaryPrimitives.ReadUInt16LittleEndian(mode) & TypeMask) == Regular;

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Statx(int folder, string path, int flags, uint mask, Span<byte> buffer);

    [LibraryImport("libc", EntryPoint = "stat$INODE64", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int StatInode64(string path, Span<byte> buffer);

    [LibraryImport("libc", EntryPoint = "stat", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Stat(string path, Span<byte> buffer);
}
