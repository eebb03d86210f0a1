using System.Runtime.InteropServices;

namespace AltSendme.Core.Policy;

/// <summary>The user's own folder as the system knows it. Where .NET says it is, the variable <c>HOME</c> decides, which is the user's to set.</summary>
internal static partial class UserHome
{
    // getpwuid(3) answers in memory of its own, which the next call overwrites.
    private static readonly Lock Gate = new();

    /// <summary>The absolute path; <see langword="null"/> when the system knows no such user.</summary>
    public static string? Find()
    {
        if (OperatingSystem.IsWindows())
            return Environment.GetFolderPath(Environment.SpecialFolder.UserProfile, Environment.SpecialFolderOption.DoNotVerify);
        lock (Gate)
        {
            var entry = GetUser(GetUserId());

            // Name and password, two ids of 32 bits, then on a Mac a time and a class; the real name; the folder.
            var offset = (2 * nint.Size) + 8 + nint.Size + (OperatingSystem.IsMacOS() ? 8 + nint.Size : 0);
            return entry == 0 ? null : Marshal.PtrToStringUTF8(Marshal.ReadIntPtr(entry, offset)) is { Length: > 0 } folder ? folder : null;
        }
    }

    [LibraryImport("libc", EntryPoint = "getpwuid")]
    private static partial nint GetUser(uint id);

    [LibraryImport("libc", EntryPoint = "getuid")]
    private static partial uint GetUserId();
}
