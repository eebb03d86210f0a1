using AltSendme.Core;

namespace AltSendme.Service.Analytics;

/// <summary>Whether transfers may be counted: only where the user asked for it, and neither the administrator nor the environment says no.</summary>
internal static class CountConsent
{
    private static readonly string[] Variables = ["DNT", "DO_NOT_TRACK"];

    /// <summary>The site that counts; <see langword="null"/> when nothing may be counted.</summary>
    /// <param name="core">Settings and policy as they are now.</param>
    /// <param name="environment">Reads a variable.</param>
    public static Uri? Site(CoreServices core, Func<string, string?> environment) =>
        core.Settings.Analytics is { Enabled: true, Site.Length: > 0 } settings && core.Policy.Policy.AllowsAnalytics && !Variables.Any(name => IsSet(environment(name))) ? new Uri(settings.Site) : null;

    private static bool IsSet(string? value) => value is { Length: > 0 } and not "0" && !value.Equals("false", StringComparison.OrdinalIgnoreCase);
}
