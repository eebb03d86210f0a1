using System.Runtime.InteropServices;

namespace AltSendme.Wine.Driver;

/// <summary>The clipboard as another program sees it.</summary>
internal static partial class Clipboard
{
    private const uint UnicodeText = 13;

    /// <summary>The text that is there.</summary>
    public static string Read()
    {
        if (!OpenClipboard(0))
            throw new InvalidOperationException("The clipboard is open elsewhere.");
        try
        {
            var memory = GetClipboardData(UnicodeText);
            return memory == 0 ? "" : Marshal.PtrToStringUni(Lock(memory)) ?? "";
        }
        finally
        {
            _ = CloseClipboard();
        }
    }

    /// <summary>Keeps it open, so that nobody else can, until the time is over.</summary>
    public static void Hold(TimeSpan time, Action held)
    {
        if (!OpenClipboard(0))
            throw new InvalidOperationException("The clipboard is open elsewhere.");
        held();
        using (var never = new ManualResetEventSlim())
            never.Wait(time);
        _ = CloseClipboard();
    }

    [LibraryImport("user32.dll")]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static partial bool OpenClipboard(nint window);

    [LibraryImport("user32.dll")]
    private static partial nint GetClipboardData(uint format);

    [LibraryImport("user32.dll")]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static partial bool CloseClipboard();

    [LibraryImport("kernel32.dll", EntryPoint = "GlobalLock")]
    private static partial nint Lock(nint memory);
}
