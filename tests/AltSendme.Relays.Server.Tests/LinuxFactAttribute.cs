namespace AltSendme.Relays.Server.Tests;

/// <summary>A test that sets a limit for its child as only a Unix shell does.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class LinuxFactAttribute : FactAttribute
{
    /// <summary>Leaves the test out elsewhere.</summary>
    public LinuxFactAttribute() => Skip = OperatingSystem.IsLinux() ? null : "File descriptor limits are set with a Linux shell.";
}
