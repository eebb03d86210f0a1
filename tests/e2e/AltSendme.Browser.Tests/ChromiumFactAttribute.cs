namespace AltSendme.Browser.Tests;

/// <summary>A test that needs Debian's Chromium, which <c>tests/install-tools</c> installs.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ChromiumFactAttribute : FactAttribute
{
    internal const string Reason = $"There is no {Chromium.Program}. To run this test: apt-get install chromium.";

    private bool _needsNamespace;

    public ChromiumFactAttribute()
    {
        if (!IsPossible)
            Skip = Reason;
    }

    /// <summary>Whether it needs a mount namespace, too.</summary>
    public bool NeedsNamespace
    {
        get => _needsNamespace;
        set
        {
            _needsNamespace = value;
            if (value && !Environment.IsPrivilegedProcess)
                Skip = "Mount namespaces need root.";
        }
    }

    internal static bool IsPossible => OperatingSystem.IsLinux() && File.Exists(Chromium.Program);
}
