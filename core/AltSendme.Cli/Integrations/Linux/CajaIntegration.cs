using AltSendme.Cli.Integrations.Files;

namespace AltSendme.Cli.Integrations.Linux;

/// <summary>Entries of Caja (MATE): an extension in Python, which needs caja-python.</summary>
internal sealed class CajaIntegration : FileIntegration
{
    /// <inheritdoc/>
    public override string Name => "caja";

    /// <inheritdoc/>
    public override string Title => "Caja (MATE)";

    /// <inheritdoc/>
    protected override bool IsPresent => InstalledPrograms.Has("caja");

    /// <inheritdoc/>
    protected override string? Missing => InstalledPrograms.HasLibrary("caja/extensions-2.0/libcaja-python.so")
        ? null
        : "The entries appear once caja-python is installed (python3-caja on Debian and Ubuntu).";

    /// <inheritdoc/>
    protected override string? Afterwards => "'caja -q' makes a running Caja see it.";

    /// <inheritdoc/>
    protected internal override IReadOnlyList<OwnedFile> Files(IntegrationTarget target) =>
    [
        PythonExtension.For("Caja", Path.Combine(target.DataFolder, "caja-python/extensions/altsendme-caja.py"), target),
        SharedFiles.BusService(target),
        SharedFiles.Icon(target),
    ];
}
