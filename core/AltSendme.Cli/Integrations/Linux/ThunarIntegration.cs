using AltSendme.Cli.Integrations.Files;

namespace AltSendme.Cli.Integrations.Linux;

/// <summary>
/// Entries of Thunar (Xfce): an extension in Python where thunarx-python is installed, and one in the menu "Send To", which needs nothing. Custom actions stand in one file that is the user's, and is not
/// touched.
/// </summary>
internal sealed class ThunarIntegration : FileIntegration
{
    /// <inheritdoc/>
    public override string Name => "thunar";

    /// <inheritdoc/>
    public override string Title => "Thunar (Xfce)";

    /// <inheritdoc/>
    protected override bool IsPresent => InstalledPrograms.Has("thunar");

    /// <inheritdoc/>
    protected override string? Missing => TakesPython
        ? null
        : "The entry is in the menu Send To, where files and folders that are chosen together become two shares. Install thunarx-python and gir1.2-thunarx-3.0 and run this again: then there is one in the menu itself, which makes one share of them.";

    /// <inheritdoc/>
    protected override string? Afterwards => "'thunar -q' makes a running Thunar see it.";

    // Thunar itself crashes when it finds an extension in Python and the description of its interface is missing, which the package of the bindings forgets.
    private static bool TakesPython => InstalledPrograms.HasLibrary("thunarx-3/thunarx-python.so") && InstalledPrograms.HasLibrary("girepository-1.0/Thunarx-3.0.typelib");

    /// <inheritdoc/>
    protected internal override IReadOnlyList<OwnedFile> Files(IntegrationTarget target) =>
    [
        PythonExtension.For("Thunarx", Path.Combine(target.DataFolder, "thunarx-python/extensions/altsendme-thunar.py"), target) with { IsWanted = TakesPython && !target.IsForPackage },
        DesktopText.For("nautilus/thunar-send.desktop", Path.Combine(target.DataFolder, "Thunar/sendto/altsendme.desktop"), target),
        SharedFiles.BusService(target),
        SharedFiles.Icon(target),
    ];
}
