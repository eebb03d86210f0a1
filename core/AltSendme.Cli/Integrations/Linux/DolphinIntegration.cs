using AltSendme.Cli.Integrations.Files;

namespace AltSendme.Cli.Integrations.Linux;

/// <summary>Entries of Dolphin (KDE): service menus. KIO trusts those in a user's folder only when they may be executed.</summary>
internal sealed class DolphinIntegration : FileIntegration
{
    /// <inheritdoc/>
    public override string Name => "dolphin";

    /// <inheritdoc/>
    public override string Title => "Dolphin (KDE)";

    /// <inheritdoc/>
    protected override bool IsPresent => InstalledPrograms.Has("dolphin");

    /// <inheritdoc/>
    protected internal override IReadOnlyList<OwnedFile> Files(IntegrationTarget target) =>
    [
        Menu("nautilus/dolphin-send.desktop", "altsendme-send.desktop", target),
        Menu("nautilus/dolphin-receive.desktop", "altsendme-receive.desktop", target),
        SharedFiles.Icon(target),
    ];

    private static OwnedFile Menu(string template, string name, IntegrationTarget target) =>
        DesktopText.For(template, Path.Combine(target.DataFolder, "kio/servicemenus", name), target) with { IsExecutable = target.Scope == IntegrationScope.User };
}
