using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace AltSendme.Blobs.Stores;

/// <summary>Size, time and inode in one system call: statx(2), whose layout is the same on all architectures.</summary>
internal static partial class LinuxFileStatus
{
    private const int EmptyPath = 0x1000;
    private const uint SizeTimeAndInode = 0x40 | 0x100 | 0x200;
    private const int Length = 256;
    private const int InodeAt = 32;
    private const int SizeAt = 40;
    private const int ModifiedSecondsAt = 112;
    private const int ModifiedNanosecondsAt = 120;
    private const int DeviceAt = 136;
    private const long NanosecondsPerSecond = 1_000_000_000;

    private static volatile bool _isMissing;

    /// <returns><see langword="false"/> where the C library or the kernel is too old.</returns>
    [SkipLocalsInit]
    public static bool TryGet(SafeFileHandle handle, out FileIdentity identity)
    {
        identity = default;
        Span<byte> status = stackalloc byte[Length];
        try
        {
            if (_isMissing || Statx(handle, ""u8, EmptyPath, SizeTimeAndInode, status) != 0)
                return false;
        }
        catch (EntryPointNotFoundException)
        {
            _isMissing = true;
            return false;
        }

        identity = new FileIdentity(
            BinaryPrimitives.ReadInt64LittleEndian(status[SizeAt..]),
            unchecked((BinaryPrimitives.ReadInt64LittleEndian(status[ModifiedSecondsAt..]) * NanosecondsPerSecond) + BinaryPrimitives.ReadInt32LittleEndian(status[ModifiedNanosecondsAt..])),
            BinaryPrimitives.ReadUInt64LittleEndian(status[DeviceAt..]),
            BinaryPrimitives.ReadUInt64LittleEndian(status[InodeAt..]));
        return true;
    }

    [LibraryImport("libc", EntryPoint = "statx")]
    private static partial int Statx(SafeFileHandle folder, ReadOnlySpan<byte> path, int flags, uint mask, Span<byte> status);
}
