using AltSendme.Cli.Integrations.Files;

namespace AltSendme.Cli.Integrations.Linux;

/// <summary>What several file managers need. A package brings these by itself.</summary>
internal static class SharedFiles
{
    private const string PackagedService = "/usr/lib/altsendme/altsendme-service";

    /// <summary>The picture that menus show.</summary>
    public static OwnedFile Icon(IntegrationTarget target) =>
        new(Path.Combine(target.DataFolder, "icons/hicolor/scalable/apps/org.altsendme.AltSendme.svg"), $"<!-- {OwnedFile.Mark} -->\n{EmbeddedText.Read("icon.svg")}") { IsShared = true };

    /// <summary>What has the session bus start the service when an extension calls it; without the unit of systemd, which only a package brings.</summary>
    public static OwnedFile BusService(IntegrationTarget target)
    {
        var lines = EmbeddedText.Read("dbus.service").Split('\n').Where(static line => !line.StartsWith('#') && !line.StartsWith("SystemdService=", StringComparison.Ordinal));
        return new(Path.Combine(target.DataFolder, "dbus-1/services/org.altsendme.AltSendme1.service"), $"# {OwnedFile.Mark}\n{string.Join('\n', lines).Replace(PackagedService, ShellQuoted(target.ServiceProgram), StringComparison.Ordinal)}") { IsShared = true };
    }

    // The bus splits the line as a shell does.
    private static string ShellQuoted(string path) => $"'{path.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
