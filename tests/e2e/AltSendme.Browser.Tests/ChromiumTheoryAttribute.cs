namespace AltSendme.Browser.Tests;

/// <summary>A theory that needs Debian's Chromium.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ChromiumTheoryAttribute : TheoryAttribute
{
    public ChromiumTheoryAttribute()
    {
        if (!ChromiumFactAttribute.IsPossible)
            Skip = ChromiumFactAttribute.Reason;
    }
}
