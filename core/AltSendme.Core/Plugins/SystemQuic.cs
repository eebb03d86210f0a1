using System.Net.Quic;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace AltSendme.Core.Plugins;

/// <summary>The QUIC of the platform: MsQuic, by way of System.Net.Quic.</summary>
internal static class SystemQuic
{
    private const uint ApiVersion = 2;
    private const uint LibraryVersion = 0x01000004;   // QUIC_PARAM_GLOBAL_LIBRARY_VERSION: four numbers of 32 bits
    private const int GetParamIndex = 4;   // of the functions in MsQuic's table

    /// <summary>Whether it can be used. The library is looked for first: where it is missing, as on most machines, no start has to pay for System.Net.Quic.</summary>
    public static bool IsThere { get; } = TryLoad(out _) && IsSupported();

    /// <summary>What a user does to get it.</summary>
    public static string HowToGet =>
        OperatingSystem.IsWindows() ? "it works on Windows 11, Windows Server 2022 and later"
        : OperatingSystem.IsMacOS() ? "install it with \"brew install libmsquic\""
        : "install the package libmsquic, of your distribution or of Microsoft's package repository for it";

    /// <summary>The library's version; <see langword="null"/> where it does not tell.</summary>
    public static string? Version()
    {
        if (!TryLoad(out var library) || !NativeLibrary.TryGetExport(library, "MsQuicOpenVersion", out var open) || !NativeLibrary.TryGetExport(library, "MsQuicClose", out var close))
            return null;
        if (Marshal.GetDelegateForFunctionPointer<Open>(open)(ApiVersion, out var table) < 0 || table == 0)
            return null;
        var numbers = new uint[4];
        var length = (uint)(numbers.Length * sizeof(uint));
        var getParam = Marshal.GetDelegateForFunctionPointer<GetParam>(Marshal.ReadIntPtr(table, GetParamIndex * nint.Size));
        var status = getParam(0, LibraryVersion, ref length, numbers);
        Marshal.GetDelegateForFunctionPointer<Close>(close)(table);
        return status == 0 ? $"{numbers[0]}.{numbers[1]}.{numbers[2]}" : null;
    }

    private static bool TryLoad(out nint library)
    {
        // Where System.Net.Quic looks: on Windows beside the runtime, elsewhere where the system has its libraries.
        var name = OperatingSystem.IsWindows() ? Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "msquic.dll")
            : OperatingSystem.IsMacOS() ? "libmsquic.2.dylib" : "libmsquic.so.2";
        return NativeLibrary.TryLoad(name, out library);
    }

    // A method of its own, whose compilation is what loads the assembly.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static bool IsSupported() => (OperatingSystem.IsLinux() || OperatingSystem.IsMacOS() || OperatingSystem.IsWindows()) && QuicConnection.IsSupported;

    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    private delegate int Open(uint version, out nint table);

    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    private delegate void Close(nint table);

    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    private delegate int GetParam(nint handle, uint parameter, ref uint length, [In, Out] uint[] buffer);
}
