using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Microsoft.Win32;

namespace AltSendme.Cli.Integrations.Explorer;

/// <summary>What of Windows the integration changes: a person's part, or everybody's.</summary>
/// <param name="Hive">The registry.</param>
/// <param name="StartMenu">Folder of the Start menu's entries.</param>
/// <param name="Templates">Group policy; everybody's only.</param>
/// <param name="WriteShortcut">Writes an entry of the Start menu to a path.</param>
/// <param name="Announce">Tells Explorer to look again.</param>
internal sealed partial record ExplorerDesktop(IRegistryHive Hive, string StartMenu, PolicyTemplates? Templates, Action<string, Shortcut> WriteShortcut, Action Announce)
{
    private const int AssociationsChanged = 0x08000000;   // SHCNE_ASSOCCHANGED

    /// <summary>The real one.</summary>
    /// <param name="programFolder">Where the program is installed.</param>
    /// <param name="forEverybody">Whether it is everybody's part.</param>
    [SupportedOSPlatform("windows")]
    public static ExplorerDesktop Open(string programFolder, bool forEverybody) => new(
        new WindowsHive(forEverybody ? RegistryHive.LocalMachine : RegistryHive.CurrentUser),
        Environment.GetFolderPath(forEverybody ? Environment.SpecialFolder.CommonPrograms : Environment.SpecialFolder.Programs, Environment.SpecialFolderOption.DoNotVerify),
        forEverybody ? new PolicyTemplates(Path.Combine(programFolder, "admx"), Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.Windows), "PolicyDefinitions")) : null,
        ShortcutFile.Write,
        static () => ChangeNotify(AssociationsChanged, 0, 0, 0));

    [LibraryImport("shell32.dll", EntryPoint = "SHChangeNotify")]
    private static partial void ChangeNotify(int change, uint flags, nint first, nint second);
}
