using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using AltSendme.Explorer.Com;

namespace AltSendme.Explorer.Hosting;

/// <summary>Serves our classes to Explorer out of process, as <c>LocalServer32</c> and the package's manifest say. COM starts the program with <c>-Embedding</c>; it ends when nobody holds an object of ours.</summary>
internal static partial class LocalServer
{
    /// <summary>What COM starts a server with.</summary>
    public const string Argument = "-Embedding";

    private const uint MultiThreaded = 0;
    private const uint LocalServerContext = 4;
    private const uint MultipleUseSuspended = 1 | 4;

    /// <summary>Serves until nobody needs it.</summary>
    /// <param name="classes">Each class and how to make an object of it.</param>
    /// <param name="lifetime">What keeps the process.</param>
    /// <exception cref="COMException">COM refuses.</exception>
    [SupportedOSPlatform("windows")]
    public static async Task RunAsync(IReadOnlyDictionary<Guid, Func<object>> classes, ServerLifetime lifetime)
    {
        Marshal.ThrowExceptionForHR(CoInitializeEx(0, MultiThreaded));
        var cookies = new List<uint>();
        foreach (var (classId, make) in classes)
        {
            Marshal.ThrowExceptionForHR(ComObjects.Query(new ClassFactory(make, lifetime), typeof(IClassFactory).GUID, out var factory));
            Marshal.ThrowExceptionForHR(CoRegisterClassObject(classId, factory, LocalServerContext, MultipleUseSuspended, out var cookie));
            Marshal.Release(factory);
            cookies.Add(cookie);
        }

        do
        {
            Marshal.ThrowExceptionForHR(CoResumeClassObjects());
            await lifetime.WaitAsync(CancellationToken.None);

            // From here on COM starts another process for whoever comes; one may have come just before.
            Marshal.ThrowExceptionForHR(CoSuspendClassObjects());
        }
        while (lifetime.IsNeeded);
        foreach (var cookie in cookies)
            _ = CoRevokeClassObject(cookie);
    }

    [LibraryImport("ole32.dll")]
    private static partial int CoInitializeEx(nint reserved, uint apartment);

    [LibraryImport("ole32.dll")]
    private static partial int CoRegisterClassObject(in Guid classId, nint factory, uint context, uint flags, out uint cookie);

    [LibraryImport("ole32.dll")]
    private static partial int CoResumeClassObjects();

    [LibraryImport("ole32.dll")]
    private static partial int CoSuspendClassObjects();

    [LibraryImport("ole32.dll")]
    private static partial int CoRevokeClassObject(uint cookie);
}
