using System.ComponentModel;
using System.Runtime.InteropServices;

namespace AltSendme.Wine.Driver;

/// <summary>ShellExecuteEx: what a double click, or an entry of the menu, comes down to.</summary>
internal static partial class Shell
{
    private const uint ClassName = 0x1;
    private const uint NoClose = 0x40;
    private const uint NoAsync = 0x100;
    private const uint NoWindow = 0x400;
    private const uint Forever = 0xFFFFFFFF;

    /// <summary>Runs a verb and waits for what it started.</summary>
    /// <param name="type">The class whose verb it is; <see langword="null"/> for that of the path.</param>
    /// <param name="verb">The verb; <see langword="null"/> for the usual one.</param>
    /// <param name="path">What it is for.</param>
    /// <returns>The exit code of what was started.</returns>
    public static unsafe int Execute(string? type, string? verb, string path)
    {
        fixed (char* classText = type, verbText = verb, pathText = path)
        {
            var info = new ShellExecuteInfo { Size = (uint)sizeof(ShellExecuteInfo), Mask = NoClose | NoAsync | NoWindow | (type is null ? 0 : ClassName), Verb = verbText, File = pathText, Class = classText, Show = 1 };
            if (!ShellExecuteEx(ref info))
                throw new Win32Exception();
            if (info.Process == 0)
                throw new InvalidOperationException("Nothing was started.");
            _ = WaitForSingleObject(info.Process, Forever);
            _ = GetExitCodeProcess(info.Process, out var exitCode);
            return (int)exitCode;
        }
    }

    [LibraryImport("shell32.dll", EntryPoint = "ShellExecuteExW", SetLastError = true)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static partial bool ShellExecuteEx(ref ShellExecuteInfo info);

    [LibraryImport("kernel32.dll")]
    private static partial uint WaitForSingleObject(nint handle, uint milliseconds);

    [LibraryImport("kernel32.dll")]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static partial bool GetExitCodeProcess(nint process, out uint exitCode);

    [StructLayout(LayoutKind.Sequential)]
    private unsafe struct ShellExecuteInfo
    {
        public uint Size;
        public uint Mask;
        public nint Window;
        public char* Verb;
        public char* File;
        public char* Parameters;
        public char* Directory;
        public int Show;
        public nint Instance;
        public nint IdList;
        public char* Class;
        public nint Key;
        public uint HotKey;
        public nint Icon;
        public nint Process;
    }
}
