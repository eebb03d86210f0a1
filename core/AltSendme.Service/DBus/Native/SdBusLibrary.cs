using System.Runtime.InteropServices;

namespace AltSendme.Service.DBus.Native;

/// <summary>Finds sd-bus: in systemd's library, or in what systems without systemd have in its place.</summary>
internal static class SdBusLibrary
{
    private static readonly string[] Candidates = ["libsystemd.so.0", "libelogind.so.0", "libbasu.so.0"];

    private static readonly Lazy<nint> Handle = new(Load);

    static SdBusLibrary() => NativeLibrary.SetDllImportResolver(typeof(SdBusLibrary).Assembly, static (name, _, _) => name == SdBus.Library ? Handle.Value : 0);

    /// <summary>Whether it is there. To be asked before anything of <see cref="SdBus"/> is used.</summary>
    public static bool IsAvailable => OperatingSystem.IsLinux() && Handle.Value != 0;

    private static nint Load()
    {
        foreach (var name in Candidates)
        {
            if (NativeLibrary.TryLoad(name, out var library))
                return library;
        }

        return 0;
    }
}
