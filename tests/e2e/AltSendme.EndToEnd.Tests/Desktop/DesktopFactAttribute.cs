namespace AltSendme.EndToEnd.Tests.Desktop;

/// <summary>A test that needs programs of a Linux desktop; without one of them it is skipped, and the report says how to get them.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class DesktopFactAttribute : FactAttribute
{
    /// <param name="packages">What to install.</param>
    /// <param name="programs">What must be on the PATH.</param>
    public DesktopFactAttribute(string packages, params string[] programs)
    {
        (Packages, Programs) = (packages, programs);
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator);
        if (!OperatingSystem.IsLinux() || programs.Any(program => !folders.Any(folder => File.Exists(Path.Combine(folder, program)))))
            Skip = $"This needs Linux with {string.Join(", ", programs)}. To run it: apt-get install {packages}.";
    }

    /// <summary>What to install.</summary>
    public string Packages { get; }

    /// <summary>What must be on the PATH.</summary>
    public string[] Programs { get; }
}
