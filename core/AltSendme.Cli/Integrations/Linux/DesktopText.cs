using System.Text;
using AltSendme.Cli.Integrations.Files;

namespace AltSendme.Cli.Integrations.Linux;

/// <summary>Files in the form of desktop entries, with the words of every language.</summary>
internal static class DesktopText
{
    /// <summary>A file of the folder <c>integrations</c> with mark, program and labels filled in.</summary>
    public static OwnedFile For(string template, string path, IntegrationTarget target) => new(path, EmbeddedText.Read(
        template,
        ("MARK", OwnedFile.Mark),
        ("PROGRAM", Quoted(target.Program)),
        ("SEND", Labels.DesktopLines("Name", "send")),
        ("SENDTIP", Labels.DesktopLines("Comment", "sendTip")),
        ("RECEIVE", Labels.DesktopLines("Name", "receive")),
        ("RECEIVETIP", Labels.DesktopLines("Comment", "receiveTip"))));

    /// <summary>A path as the key <c>Exec</c> takes it (Desktop Entry Specification, "The Exec key"): in quotes, with what is special inside them escaped, then as any value, where a backslash is two, and a percent sign doubled.</summary>
    public static string Quoted(string path)
    {
        var quoted = new StringBuilder("\"");
        foreach (var character in path)
        {
            if (character is '"' or '`' or '$' or '\\')
                quoted.Append('\\');
            quoted.Append(character);
        }

        return quoted.Append('"').Replace("\\", "\\\\").Replace("%", "%%").ToString();
    }
}
