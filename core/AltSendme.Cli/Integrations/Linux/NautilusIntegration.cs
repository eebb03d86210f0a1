using AltSendme.Cli.Integrations.Files;

namespace AltSendme.Cli.Integrations.Linux;

/// <summary>Entries of Nautilus: an extension in Python, which needs nautilus-python.</summary>
internal sealed class NautilusIntegration : FileIntegration
{
    /// <inheritdoc/>
    public override string Name => "nautilus";

    /// <inheritdoc/>
    public override string Title => "Nautilus (GNOME Files)";

    /// <inheritdoc/>
    protected override bool IsPresent => InstalledPrograms.Has("nautilus");

    /// <inheritdoc/>
    protected override string? Missing => InstalledPrograms.HasLibrary("nautilus/extensions-4/libnautilus-python.so") || InstalledPrograms.HasLibrary("nautilus/extensions-3.0/libnautilus-python.so")
        ? null
        : "The entries appear once nautilus-python is installed (python3-nautilus on Debian and Ubuntu, nautilus-python elsewhere).";

    /// <inheritdoc/>
    protected override string? Afterwards => "'nautilus -q' makes a running Nautilus see it.";

    /// <inheritdoc/>
    protected internal override IReadOnlyList<OwnedFile> Files(IntegrationTarget target) =>
    [
        PythonExtension.For("Nautilus", Path.Combine(target.DataFolder, "nautilus-python/extensions/altsendme-nautilus.py"), target),
        SharedFiles.BusService(target),
        SharedFiles.Icon(target),
    ];
}
