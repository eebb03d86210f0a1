using System.Runtime.InteropServices;

namespace AltSendme.Service.DBus;

/// <summary>Where the bus of the user's session is (D-Bus specification, "Well-known Message Bus Instances"; systemd's user bus).</summary>
internal static partial class SessionBusAddress
{
    /// <summary>Tells the service that the session bus started it.</summary>
    public const string ActivatedArgument = "--dbus";

    private const string Variable = "DBUS_SESSION_BUS_ADDRESS";
    private const string RuntimeFolder = "XDG_RUNTIME_DIR";

    /// <summary>The user that this process acts for.</summary>
    public static uint User => EffectiveUser();

    /// <summary>The address; <see langword="null"/> where there is no such bus.</summary>
    public static string? Find() => OperatingSystem.IsLinux() ? Of(Environment.GetEnvironmentVariable(Variable), Environment.GetEnvironmentVariable(RuntimeFolder)) : null;

    /// <summary>The address by what the environment says. A service that was started outside of the session finds the bus in the runtime folder, too.</summary>
    internal static string? Of(string? address, string? runtimeFolder)
    {
        if (address is { Length: > 0 })
            return address;
        if (runtimeFolder is not { Length: > 0 } || !Path.IsPathFullyQualified(runtimeFolder))
            return null;
        var socket = Path.Combine(runtimeFolder, "bus");
        return File.Exists(socket) ? $"unix:path={Escaped(socket)}" : null;
    }

    /// <summary>What is not a plain character is escaped byte by byte (D-Bus specification, "Server Addresses").</summary>
    private static string Escaped(string path) => string.Concat(System.Text.Encoding.UTF8.GetBytes(path).Select(static value =>
        char.IsAsciiLetterOrDigit((char)value) || value is (byte)'-' or (byte)'_' or (byte)'/' or (byte)'.' ? ((char)value).ToString() : $"%{value:x2}"));

    [LibraryImport("libc", EntryPoint = "geteuid")]
    private static partial uint EffectiveUser();
}
