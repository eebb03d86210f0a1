using System.Runtime.InteropServices;

namespace AltSendme.Explorer.Actions;

/// <summary>A small window with a sentence: for when there is no service, which could notify.</summary>
internal static partial class MessageWindow
{
    private const uint ErrorOnTop = 0x10 | 0x40000;   // MB_ICONERROR, MB_TOPMOST

    /// <summary>Shows it until the person closes it. On other systems than Windows it is a line of the error stream.</summary>
    public static void Show(string title, string text)
    {
        if (OperatingSystem.IsWindows())
            _ = MessageBox(0, text, title, ErrorOnTop);
        else
            Console.Error.WriteLine($"{title}: {text}");
    }

    [LibraryImport("user32.dll", EntryPoint = "MessageBoxW", StringMarshalling = StringMarshalling.Utf16)]
    private static partial int MessageBox(nint owner, string text, string title, uint style);
}
