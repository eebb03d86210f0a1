using System.ComponentModel;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using System.Security.Cryptography;

namespace AltSendme.Core.Identity;

/// <summary>The Data Protection API of Windows (crypt32: CryptProtectData), bound to the user's logon and never asking anything.</summary>
[SupportedOSPlatform("windows")]
internal static partial class DataProtection
{
    /// <summary>CRYPTPROTECT_UI_FORBIDDEN: fail instead of showing a dialog.</summary>
    private const uint NoDialog = 1;

    public static byte[] Protect(ReadOnlySpan<byte> plain) =>
        Transform(plain, encrypt: true) ?? throw new CryptographicException($"Windows could not protect the key: {new Win32Exception().Message}");

    public static bool TryUnprotect(ReadOnlySpan<byte> sealedBytes, out byte[] plain)
    {
        var result = Transform(sealedBytes, encrypt: false);
        plain = result ?? [];
        return result is not null;
    }

    private static unsafe byte[]? Transform(ReadOnlySpan<byte> input, bool encrypt)
    {
        fixed (byte* bytes = input)
        {
            var source = new Blob { Length = (uint)input.Length, Data = (nint)bytes };
            if (!(encrypt ? CryptProtectData(source, null, 0, 0, 0, NoDialog, out var made) : CryptUnprotectData(source, 0, 0, 0, 0, NoDialog, out made)))
                return null;

            var output = new Span<byte>((void*)made.Data, (int)made.Length);
            var result = output.ToArray();
            CryptographicOperations.ZeroMemory(output);
            Marshal.FreeHGlobal(made.Data);
            return result;
        }
    }

    [LibraryImport("crypt32", SetLastError = true, StringMarshalling = StringMarshalling.Utf16)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static partial bool CryptProtectData(in Blob input, string? description, nint entropy, nint reserved, nint prompt, uint flags, out Blob output);

    [LibraryImport("crypt32", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static partial bool CryptUnprotectData(in Blob input, nint description, nint entropy, nint reserved, nint prompt, uint flags, out Blob output);

    /// <summary>DATA_BLOB of the Windows SDK; the system allocates what it gives out with LocalAlloc.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct Blob
    {
        public uint Length;
        public nint Data;
    }
}
