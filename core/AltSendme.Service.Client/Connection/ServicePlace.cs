using System.Security.Cryptography;
using System.Text;
using AltSendme.Core.Settings;

namespace AltSendme.Service.Client.Connection;

/// <summary>Where a user's service keeps its state and listens. One state folder has one service, whatever else the environment says.</summary>
/// <param name="Folder">The service's part of the state folder; readable by this user only.</param>
/// <param name="Address">Where a service listens by default: the path of a Unix socket, or on Windows the name of a pipe.</param>
public sealed record ServicePlace(string Folder, string Address)
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <summary>Holds the address that the running service listens on.</summary>
    public string AddressFile => Path.Combine(Folder, "address");

    /// <summary>Held open by the one service that runs.</summary>
    public string LockFile => Path.Combine(Folder, "lock");

    /// <summary>What a service says that was started in the background.</summary>
    public string LogFile => Path.Combine(Folder, "service.log");

    /// <summary>The place for the user that runs this program.</summary>
    public static ServicePlace Default() => Of(SettingsFiles.Default().StateFolder, Environment.GetEnvironmentVariable("XDG_RUNTIME_DIR"));

    /// <summary>The place for a state folder.</summary>
    /// <param name="stateFolder">What the program keeps between runs.</param>
    /// <param name="runtimeFolder">The user's folder for sockets, where there is one; it ends with the user's session.</param>
    public static ServicePlace Of(string stateFolder, string? runtimeFolder)
    {
        var folder = Path.Combine(Path.GetFullPath(stateFolder), "service");
        if (OperatingSystem.IsWindows())
            return new ServicePlace(folder, $"altsendme-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(folder.ToUpperInvariant())).AsSpan(0, 12))}");
        return new ServicePlace(folder, runtimeFolder is { Length: > 0 } && Directory.Exists(runtimeFolder) ? Path.Combine(runtimeFolder, "altsendme", "service.sock") : Path.Combine(folder, "service.sock"));
    }

    /// <summary>The address to try: the one that the running service wrote down, otherwise the default.</summary>
    public string CurrentAddress()
    {
        try
        {
            return File.ReadAllText(AddressFile).Trim() is { Length: > 0 } written ? written : Address;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return Address;
        }
    }

    /// <summary>Makes a folder that only this user can enter; one that is there loses what others may do.</summary>
    public static void MakePrivate(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
            return;
        }

        Directory.CreateDirectory(folder, OwnerOnly);
        if (File.GetUnixFileMode(folder) != OwnerOnly)
            File.SetUnixFileMode(folder, OwnerOnly);
    }
}
