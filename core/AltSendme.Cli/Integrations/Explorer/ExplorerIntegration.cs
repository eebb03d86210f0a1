using System.Globalization;
using System.Runtime.InteropServices;

namespace AltSendme.Cli.Integrations.Explorer;

/// <summary>Explorer's menus, ticket files and addresses, the Start menu, and for everybody the templates of group policy.</summary>
/// <param name="open">Opens what of Windows is changed: for a program's folder, and for everybody or not.</param>
internal sealed class ExplorerIntegration(Func<string, bool, ExplorerDesktop> open) : IShellIntegration
{
    private const string ShortcutName = "AltSendme.lnk";

    /// <summary>Explorer on this machine.</summary>
    public ExplorerIntegration()
        : this(static (folder, forEverybody) => OperatingSystem.IsWindows() ? ExplorerDesktop.Open(folder, forEverybody) : throw new PlatformNotSupportedException())
    {
    }

    public string Name => "explorer";

    public string Title => "Explorer";

    public bool IsForThisSystem => OperatingSystem.IsWindows();

    public ValueTask<IntegrationStatus> StatusAsync(IntegrationTarget target, CancellationToken cancellationToken) => new(Guard(target, (_, _, _) => { }));

    public ValueTask<IntegrationStatus> InstallAsync(IntegrationTarget target, CancellationToken cancellationToken) => new(Guard(target, (desktop, registration, folder) =>
    {
        registration.Install(target.StartsService);
        desktop.WriteShortcut(ShortcutOf(desktop), new Shortcut(Path.Combine(folder, ExplorerNames.Program), ExplorerNames.Receive, Label("receiveTip")));
        desktop.Templates?.Install();
        desktop.Announce();
    }));

    public ValueTask<IntegrationStatus> RemoveAsync(IntegrationTarget target, CancellationToken cancellationToken) => new(Guard(target, (desktop, registration, _) =>
    {
        registration.Remove();
        File.Delete(ShortcutOf(desktop));
        desktop.Templates?.Remove();
        desktop.Announce();
    }));

    private static string Label(string name) => Labels.For(CultureInfo.CurrentUICulture, name);

    private static string ShortcutOf(ExplorerDesktop desktop) => Path.Combine(desktop.StartMenu, ShortcutName);

    private IntegrationStatus Guard(IntegrationTarget target, Action<ExplorerDesktop, ExplorerRegistration, string> change)
    {
        var folder = Path.GetDirectoryName(target.Program)!;
        var desktop = open(folder, target.Scope == IntegrationScope.System);
        var registration = new ExplorerRegistration(desktop.Hive, new ExplorerEntries(folder, Label));
        try
        {
            change(desktop, registration, folder);
            return StatusOf(desktop, registration, target.Scope);
        }
        catch (Exception exception) when (exception is UnauthorizedAccessException or IOException or COMException)
        {
            var remedy = target.Scope == IntegrationScope.System ? "Run the same command as administrator, or without --system for yourself alone." : "An administrator may have forbidden it.";
            throw new IntegrationException(IntegrationCodes.Unwritable, $"Explorer's entries can't be changed: {exception.Message.TrimEnd('.')}. {remedy}", exception);
        }
    }

    private IntegrationStatus StatusOf(ExplorerDesktop desktop, ExplorerRegistration registration, IntegrationScope scope)
    {
        var hasShortcut = File.Exists(ShortcutOf(desktop));
        var isPresent = registration.IsPresent || hasShortcut || desktop.Templates?.IsPresent == true;
        var isCurrent = registration.IsCurrent && hasShortcut && desktop.Templates?.IsCurrent != false;
        List<string> places = [.. registration.Keys.Select(key => $@"{(scope == IntegrationScope.System ? "HKLM" : "HKCU")}\{key}")];
        if (hasShortcut)
            places.Add(ShortcutOf(desktop));
        if (desktop.Templates is { IsPresent: true } templates)
            places.Add(templates.Target);
        return new IntegrationStatus(Name, Title, isCurrent ? IntegrationState.Installed : isPresent ? IntegrationState.Outdated : IntegrationState.NotInstalled)
        {
            IsPresent = IsForThisSystem,
            Places = places,
            Note = registration.IsSchemeTaken ? "Addresses that begin with altsendme: are opened by another program, which keeps them." : null,
        };
    }
}
