using System.Runtime.InteropServices;
using System.Runtime.InteropServices.Marshalling;
using System.Runtime.Versioning;

namespace AltSendme.Cli.Integrations.Explorer;

/// <summary>Writes shortcuts, whose format only Windows itself writes.</summary>
[SupportedOSPlatform("windows")]
internal static partial class ShortcutFile
{
    private const uint InProcess = 1;   // CLSCTX_INPROC_SERVER

    private static readonly Guid ShellLinkClass = new("00021401-0000-0000-C000-000000000046");

    /// <summary>Writes it, in the place of one that is there.</summary>
    /// <exception cref="UnauthorizedAccessException">This user may not.</exception>
    /// <exception cref="COMException">It can't be written for another reason.</exception>
    public static void Write(string path, Shortcut shortcut)
    {
        Marshal.ThrowExceptionForHR(CoCreateInstance(ShellLinkClass, 0, InProcess, typeof(IShellLink).GUID, out var pointer));
        var link = (IShellLink)new StrategyBasedComWrappers().GetOrCreateObjectForComInstance(pointer, CreateObjectFlags.UniqueInstance);
        Marshal.Release(pointer);
        link.SetPath(shortcut.Program);
        link.SetArguments(shortcut.Arguments);
        link.SetDescription(shortcut.Description);
        link.SetIconLocation(shortcut.Program, 0);
        link.SetWorkingDirectory(Path.GetDirectoryName(shortcut.Program)!);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        ((IPersistFile)link).Save(path, remember: false);
    }

    [LibraryImport("ole32.dll")]
    private static partial int CoCreateInstance(in Guid classId, nint outer, uint context, in Guid interfaceId, out nint instance);
}
