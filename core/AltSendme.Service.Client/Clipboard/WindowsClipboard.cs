using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace AltSendme.Service.Client.Clipboard;

/// <summary>
/// The clipboard of Windows by its own interface. What is there is let go only when our text is ready to take its place, and only one program has the clipboard open at a time, so that a busy one is asked again for a while. A
/// ticket lets its holder receive: it is kept out of the clipboard that Windows copies to a person's other machines.
/// </summary>
[SupportedOSPlatform("windows")]
internal static partial class WindowsClipboard
{
    private const uint UnicodeText = 13;      // CF_UNICODETEXT
    private const uint Movable = 2;           // GMEM_MOVEABLE
    private const nint MessageOnly = -3;      // HWND_MESSAGE
    private const string StayHere = "CanUploadToCloudClipboard";
    private const int Attempts = 40;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    private enum Outcome
    {
        Copied,
        Busy,
        Failed,
    }

    /// <summary>Whether the text is there now. Takes two seconds at most.</summary>
    public static async Task<bool> TryCopyAsync(string text, TimeProvider clock, CancellationToken cancellationToken)
    {
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            if (Copy(text) is var outcome and not Outcome.Busy)
                return outcome == Outcome.Copied;
            await Task.Delay(Pause, clock, cancellationToken);
        }

        return false;
    }

    // The clipboard belongs to a window, and without one it takes nothing: this one exists for the moment. One thread does all of it.
    private static Outcome Copy(string text)
    {
        var words = Allocate(MemoryMarshal.AsBytes<char>(text + '\0'));
        var stays = Allocate(BitConverter.GetBytes(0));
        var window = CreateWindow(0, "STATIC", null, 0, 0, 0, 0, 0, MessageOnly, 0, 0, 0);
        try
        {
            return words == 0 || stays == 0 || window == 0 ? Outcome.Failed : Put(window, ref words, ref stays);
        }
        finally
        {
            if (window != 0)
                _ = DestroyWindow(window);
            _ = Free(words);
            _ = Free(stays);
        }
    }

    // What the clipboard takes is its own from then on.
    private static Outcome Put(nint window, ref nint words, ref nint stays)
    {
        if (!OpenClipboard(window))
            return Outcome.Busy;
        try
        {
            if (!EmptyClipboard() || SetClipboardData(UnicodeText, words) == 0)
                return Outcome.Failed;
            words = 0;
            if (RegisterClipboardFormat(StayHere) is > 0 and var format && SetClipboardData(format, stays) != 0)
                stays = 0;
            return Outcome.Copied;
        }
        finally
        {
            _ = CloseClipboard();
        }
    }

    private static unsafe nint Allocate(ReadOnlySpan<byte> content)
    {
        var memory = Allocate(Movable, (nuint)content.Length);
        var start = memory == 0 ? null : Lock(memory);
        if (start is null)
            return 0;
        content.CopyTo(new Span<byte>(start, content.Length));
        _ = Unlock(memory);
        return memory;
    }

    [LibraryImport("kernel32.dll", EntryPoint = "GlobalAlloc")]
    private static partial nint Allocate(uint flags, nuint length);

    [LibraryImport("kernel32.dll", EntryPoint = "GlobalLock")]
    private static unsafe partial void* Lock(nint memory);

    [LibraryImport("kernel32.dll", EntryPoint = "GlobalUnlock")]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static partial bool Unlock(nint memory);

    [LibraryImport("kernel32.dll", EntryPoint = "GlobalFree")]
    private static partial nint Free(nint memory);

    [LibraryImport("user32.dll", EntryPoint = "CreateWindowExW", StringMarshalling = StringMarshalling.Utf16)]
    private static partial nint CreateWindow(uint extendedStyle, string className, string? name, uint style, int x, int y, int width, int height, nint parent, nint menu, nint instance, nint parameter);

    [LibraryImport("user32.dll")]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static partial bool DestroyWindow(nint window);

    [LibraryImport("user32.dll")]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static partial bool OpenClipboard(nint window);

    [LibraryImport("user32.dll")]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static partial bool EmptyClipboard();

    [LibraryImport("user32.dll")]
    private static partial nint SetClipboardData(uint format, nint memory);

    [LibraryImport("user32.dll")]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static partial bool CloseClipboard();

    [LibraryImport("user32.dll", EntryPoint = "RegisterClipboardFormatW", StringMarshalling = StringMarshalling.Utf16)]
    private static partial uint RegisterClipboardFormat(string name);
}
