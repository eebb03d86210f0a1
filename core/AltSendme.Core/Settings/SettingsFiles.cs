namespace AltSendme.Core.Settings;

/// <summary>Where this platform keeps the program's settings and state.</summary>
/// <param name="Machine">Settings for everybody on this machine.</param>
/// <param name="User">This user's settings, which win.</param>
/// <param name="StateFolder">What the program keeps between runs. What is private in it is readable by this user only.</param>
public sealed record SettingsFiles(string Machine, string User, string StateFolder)
{
    private const string FileName = "settings.json";

    /// <summary>The platform's places.</summary>
    public static SettingsFiles Default()
    {
        const Environment.SpecialFolderOption NoCheck = Environment.SpecialFolderOption.DoNotVerify;
        var local = Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, NoCheck);
        var roaming = Environment.GetFolderPath(Environment.SpecialFolder.ApplicationData, NoCheck);
        if (OperatingSystem.IsWindows())
            return new SettingsFiles(Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.CommonApplicationData, NoCheck), "AltSendme", FileName), Path.Combine(roaming, "AltSendme", FileName), Path.Combine(local, "AltSendme"));
        if (OperatingSystem.IsMacOS())
            return new SettingsFiles("/Library/Application Support/AltSendme/" + FileName, Path.Combine(local, "AltSendme", FileName), Path.Combine(local, "AltSendme"));
        return new SettingsFiles("/etc/altsendme/" + FileName, Path.Combine(roaming, "altsendme", FileName), Path.Combine(local, "altsendme"));
    }
}
