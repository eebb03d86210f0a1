namespace AltSendme.Core.Policy.Sources;

/// <summary>Where this platform keeps policy. No setting, environment variable or option moves it.</summary>
internal static class PolicySources
{
    /// <summary>The sources, in the order in which they are read.</summary>
    public static IReadOnlyList<IPolicySource> Default()
    {
        if (OperatingSystem.IsWindows())
            return [new RegistryPolicy(static path => OperatingSystem.IsWindows() ? WindowsRegistryKey.OpenLocalMachine(path) : null)];
        var trust = new FileTrust();
        if (!OperatingSystem.IsMacOS())
            return [new PolicyFolder("/etc/altsendme", trust)];
        var file = ManagedPreferences.Domain + ".plist";
        return [new ManagedPreferences(Path.Combine(ManagedPreferences.Folder, file), trust), new ManagedPreferences(Path.Combine(ManagedPreferences.Folder, Environment.UserName, file), trust)];
    }
}
