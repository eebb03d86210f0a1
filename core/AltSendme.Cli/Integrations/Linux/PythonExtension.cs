using System.Text.Json;
using AltSendme.Cli.Integrations.Files;

namespace AltSendme.Cli.Integrations.Linux;

/// <summary>The extension in Python for Nautilus, Caja and Thunar, whose interfaces are the same but for their names.</summary>
internal static class PythonExtension
{
    /// <summary>The extension for one of them.</summary>
    /// <param name="namespaceName">The file manager's name in Python: <c>Nautilus</c>, <c>Caja</c>, <c>Thunarx</c>.</param>
    /// <param name="path">Where it goes.</param>
    /// <param name="target">Whose it is, and what it calls.</param>
    public static OwnedFile For(string namespaceName, string path, IntegrationTarget target) => new(path, EmbeddedText.Read(
        "nautilus/altsendme-nautilus.py",
        ("MARK", OwnedFile.Mark),
        ("NAMESPACE", namespaceName),
        ("PROGRAM", JsonSerializer.Serialize(target.Program, IntegrationJson.Default.String)),
        ("LABELS", Labels.Json("send", "sendTip", "receive", "receiveTip", "sendFailed", "receiveFailed", "noService"))));
}
