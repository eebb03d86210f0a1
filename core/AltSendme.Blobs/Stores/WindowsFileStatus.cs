using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Microsoft.Win32.SafeHandles;

namespace AltSendme.Blobs.Stores;

/// <summary>Size, time and file number in one call.</summary>
[SupportedOSPlatform("windows")]
internal static partial class WindowsFileStatus
{
    public static bool TryGet(SafeFileHandle handle, out FileIdentity identity)
    {
        identity = default;
        if (!GetFileInformationByHandle(handle, out var information))
            return false;
        identity = new FileIdentity(
            Join(information.SizeHigh, information.SizeLow),
            Join(information.WrittenHigh, information.WrittenLow),
            information.VolumeSerialNumber,
            (ulong)Join(information.IndexHigh, information.IndexLow));
        return true;
    }

    private static long Join(uint high, uint low) => ((long)high << 32) | low;

    [LibraryImport("kernel32")]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static partial bool GetFileInformationByHandle(SafeFileHandle handle, out ByHandleFileInformation information);

    /// <summary><c>BY_HANDLE_FILE_INFORMATION</c>.</summary>
    private struct ByHandleFileInformation
    {
        public uint Attributes;
        public uint CreatedLow;
        public uint CreatedHigh;
        public uint AccessedLow;
        public uint AccessedHigh;
        public uint WrittenLow;
        public uint WrittenHigh;
        public uint VolumeSerialNumber;
        public uint SizeHigh;
        public uint SizeLow;
        public uint LinkCount;
        public uint IndexHigh;
        public uint IndexLow;
    }
}
