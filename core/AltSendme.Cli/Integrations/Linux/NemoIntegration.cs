using AltSendme.Cli.Integrations.Files;

namespace AltSendme.Cli.Integrations.Linux;

/// <summary>Entries of Nemo (Cinnamon): action files, which need nothing but Nemo.</summary>
internal sealed class NemoIntegration : FileIntegration
{
    /// <inheritdoc/>
    public override string Name => "nemo";

    /// <inheritdoc/>
    public override string Title => "Nemo (Cinnamon)";

    /// <inheritdoc/>
    protected override bool IsPresent => InstalledPrograms.Has("nemo");

    /// <inheritdoc/>
    protected internal override IReadOnlyList<OwnedFile> Files(IntegrationTarget target) =>
    [
        DesktopText.For("nautilus/nemo-send.nemo_action", Path.Combine(target.DataFolder, "nemo/actions/altsendme-send.nemo_action"), target),
        DesktopText.For("nautilus/nemo-receive.nemo_action", Path.Combine(target.DataFolder, "nemo/actions/altsendme-receive.nemo_action"), target),
        SharedFiles.Icon(target),
    ];
}
