namespace AltSendme.EndToEnd.Tests;

/// <summary>A test that needs mount namespaces: Linux, and root in it.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class NamespaceFactAttribute : FactAttribute
{
    internal const string Reason = "Mount namespaces need Linux and root.";

    public NamespaceFactAttribute()
    {
        if (!IsPossible)
            Skip = Reason;
    }

    internal static bool IsPossible => OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess;
}
