using System.Text;
using System.Text.Json;
using System.Xml.Linq;

namespace AltSendme.Cli.Tests.Packaging;

/// <summary>What a desktop reads, with the words of integrations/labels.json.</summary>
internal static class DesktopFiles
{
    private static readonly XNamespace MimeInfo = "http://www.freedesktop.org/standards/shared-mime-info";

    /// <summary>The entry in the menu of programs, which opens tickets as well: addresses with the scheme <c>altsendme:</c>, and files.</summary>
    public static string Entry(JsonElement labels)
    {
        var text = new StringBuilder("[Desktop Entry]\nType=Application\nVersion=1.1\nName=AltSendme\n");
        Write(text, "GenericName", labels.GetProperty("genericName"));
        Write(text, "Comment", labels.GetProperty("tagline"));
        text.Append("Exec=altsendme receive --dialog %u\nIcon=org.altsendme.AltSendme\nTerminal=false\nStartupNotify=true\n");
        text.Append("Categories=Network;FileTransfer;P2P;\nKeywords=send;receive;share;ticket;iroh;sendme;\nMimeType=x-scheme-handler/altsendme;application/x-altsendme-ticket;\nActions=share;\n\n");
        text.Append("[Desktop Action share]\n");
        Write(text, "Name", labels.GetProperty("send"));
        return text.Append("Exec=altsendme share --dialog\n").ToString();
    }

    /// <summary>The type of <c>.altsendme</c> files: a ticket as text.</summary>
    public static string MimeTypes(JsonElement labels)
    {
        var names = labels.GetProperty("ticketFile").EnumerateObject().Select(static label => label.Name == "en"
            ? new XElement(MimeInfo + "comment", label.Value.GetString())
            : new XElement(MimeInfo + "comment", new XAttribute(XNamespace.Xml + "lang", label.Name.Replace('-', '_')), label.Value.GetString()));
        var type = new XElement(MimeInfo + "mime-type", new XAttribute("type", "application/x-altsendme-ticket"), names,
            new XElement(MimeInfo + "sub-class-of", new XAttribute("type", "text/plain")),
            new XElement(MimeInfo + "glob", new XAttribute("pattern", "*.altsendme")));
        return $"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n{new XElement(MimeInfo + "mime-info", type)}\n".ReplaceLineEndings("\n");
    }

    private static void Write(StringBuilder text, string key, JsonElement label)
    {
        foreach (var word in label.EnumerateObject())
            text.Append(word.Name == "en" ? $"{key}={word.Value.GetString()}\n" : $"{key}[{word.Name.Replace('-', '_')}]={word.Value.GetString()}\n");
    }
}
