using System.Runtime.InteropServices;

namespace AltSendme.Wine.Tests;

/// <summary>A test that runs the program for Windows under Wine, which tests/install-tools installs where it can.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class WineFactAttribute : FactAttribute
{
    public WineFactAttribute()
    {
        if (!IsPossible)
            Skip = "This needs Wine for 64 bits on x64 Linux (packages wine and wine64).";
    }

    internal static bool IsPossible => OperatingSystem.IsLinux() && RuntimeInformation.OSArchitecture == Architecture.X64 && File.Exists("/usr/lib/wine/wine64") || File.Exists("/usr/bin/wine64");
}
