using System.Text;

namespace AltSendme.Cli.Clipboard;

/// <summary>The clipboard of the terminal that the command runs in (OSC 52), which most have even at the far end of an SSH session.</summary>
internal static class TerminalClipboard
{
    /// <summary>Asks the terminal. There is no answer; a terminal that does not know it shows nothing.</summary>
    /// <returns>Whether there is a terminal to ask.</returns>
    public static bool TryAsk(string text)
    {
        if (OperatingSystem.IsWindows() || OperatingSystem.IsMacOS() || Console.IsErrorRedirected || Environment.GetEnvironmentVariable("TERM") is null or "" or "dumb" or "linux")
            return false;
        Console.Error.Write(Sequence(text));
        return true;
    }

    /// <summary>"Set the clipboard": ESC ] 52 ; c ; base64 BEL (xterm's control sequences, Operating System Commands).</summary>
    internal static string Sequence(string text) => $"\e]52;c;{Convert.ToBase64String(Encoding.UTF8.GetBytes(text))}\a";
}
