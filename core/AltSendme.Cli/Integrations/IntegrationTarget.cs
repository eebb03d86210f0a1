namespace AltSendme.Cli.Integrations;

/// <summary>Where an integration goes and what it calls.</summary>
internal sealed record IntegrationTarget
{
    private const string PackagedData = "/usr/share";

    /// <summary>For whom.</summary>
    public required IntegrationScope Scope { get; init; }

    /// <summary>The <c>altsendme</c> program that menus start, with its whole path.</summary>
    public required string Program { get; init; }

    /// <summary>The <c>altsendme-service</c> program that the session bus starts, with its whole path.</summary>
    public required string ServiceProgram { get; init; }

    /// <summary>The folder of shared data: <c>~/.local/share</c>, <c>/usr/local/share</c>; on macOS the folder <c>Library</c>.</summary>
    public required string DataFolder { get; init; }

    /// <summary>Folders of shared data that hold for everybody, where this one is a user's: what is installed there needs not be installed again, and would be there twice.</summary>
    public IReadOnlyList<string> EverybodysFolders { get; init => field = value ?? []; } = [];

    /// <summary>Whether files are laid out for a package, not for this machine; a package manager then knows what belongs to it.</summary>
    public bool IsForPackage { get; init; }

    /// <summary>Whether Windows starts the service at login; <see langword="null"/> to leave that as it is. Elsewhere units of the system do (docs/service.md).</summary>
    public bool? StartsService { get; init; }

    /// <summary>This machine, with the program that runs.</summary>
    public static IntegrationTarget Default(IntegrationScope scope)
    {
        var folder = AppContext.BaseDirectory;
        var suffix = OperatingSystem.IsWindows() ? ".exe" : "";
        return new IntegrationTarget
        {
            Scope = scope,
            Program = Path.Combine(folder, "altsendme" + suffix),
            ServiceProgram = Path.Combine(folder, "altsendme-service" + suffix),
            DataFolder = scope == IntegrationScope.System ? SystemData : UserData,
            EverybodysFolders = OperatingSystem.IsWindows() || OperatingSystem.IsMacOS() ? [] : scope == IntegrationScope.System ? [PackagedData] : [PackagedData, SystemData],
        };
    }

    /// <summary>A package's tree below <paramref name="root"/>, which becomes <c>/</c> where the package is installed.</summary>
    public static IntegrationTarget Package(string root) => new()
    {
        Scope = IntegrationScope.System,
        Program = "/usr/bin/altsendme",
        ServiceProgram = "/usr/lib/altsendme/altsendme-service",
        DataFolder = Path.Combine(Path.GetFullPath(root), OperatingSystem.IsMacOS() ? "Library" : "usr/share"),
        IsForPackage = true,
    };

    private static string UserData => OperatingSystem.IsMacOS()
        ? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile, Environment.SpecialFolderOption.DoNotVerify), "Library")
        : Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify);

    // What a package manager puts into /usr/share stays its own.
    private static string SystemData => OperatingSystem.IsMacOS() ? "/Library" : OperatingSystem.IsWindows() ? Environment.GetFolderPath(Environment.SpecialFolder.CommonApplicationData, Environment.SpecialFolderOption.DoNotVerify) : "/usr/local/share";
}
