using AltSendme.Cli.Integrations.Files;

namespace AltSendme.Cli.Integrations.Linux;

/// <summary>An entry in the menu "Send To" of Thunar (Xfce). Custom actions stand in one file that is the user's, and is not touched.</summary>
internal sealed class ThunarIntegration : FileIntegration
{
    /// <inheritdoc/>
    public override string Name => "thunar";

    /// <inheritdoc/>
    public override string Title => "Thunar (Xfce)";

    /// <inheritdoc/>
    protected override bool IsPresent => InstalledPrograms.Has("thunar");

    /// <inheritdoc/>
    protected internal override IReadOnlyList<OwnedFile> Files(IntegrationTarget target) =>
    [
        DesktopText.For("nautilus/thunar-send.desktop", Path.Combine(target.DataFolder, "Thunar/sendto/altsendme.desktop"), target),
        SharedFiles.Icon(target),
    ];
}
