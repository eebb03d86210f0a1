using AltSendme.Service.DBus.Native;

namespace AltSendme.Service.Tests.DBus;

/// <summary>A test that needs a bus: dbus-daemon, and a library with sd-bus.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class BusFactAttribute : FactAttribute
{
    internal const string Reason = "dbus-daemon or libsystemd is not installed (packages dbus and libsystemd0).";

    public BusFactAttribute()
    {
        if (!IsPossible)
            Skip = Reason;
    }

    internal static bool IsPossible => OperatingSystem.IsLinux() && SdBusLibrary.IsAvailable && (File.Exists("/usr/bin/dbus-daemon") || File.Exists("/bin/dbus-daemon"));
}

/// <summary>The same for several cases.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class BusTheoryAttribute : TheoryAttribute
{
    public BusTheoryAttribute()
    {
        if (!BusFactAttribute.IsPossible)
            Skip = BusFactAttribute.Reason;
    }
}
