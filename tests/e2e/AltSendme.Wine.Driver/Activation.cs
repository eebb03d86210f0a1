using System.Runtime.InteropServices;

namespace AltSendme.Wine.Driver;

/// <summary>COM's way to an object of another process.</summary>
internal static partial class Activation
{
    private const uint LocalServer = 4;

    private static readonly Guid Unknown = new("00000000-0000-0000-C000-000000000046");

    /// <summary>Makes an object, for which COM starts the server, and lets it go.</summary>
    public static int Start(in Guid classId)
    {
        _ = CoInitializeEx(0, 0);
        var result = CoCreateInstance(classId, 0, LocalServer, Unknown, out var instance);
        if (result >= 0)
            Marshal.Release(instance);
        return result;
    }

    [LibraryImport("ole32.dll")]
    private static partial int CoInitializeEx(nint reserved, uint apartment);

    [LibraryImport("ole32.dll")]
    private static partial int CoCreateInstance(in Guid classId, nint outer, uint context, in Guid interfaceId, out nint instance);
}
