using Microsoft.Playwright;

namespace AltSendme.Browser.Tests;

/// <summary>How somebody sees the windows.</summary>
/// <param name="Name">For files.</param>
/// <param name="Locale">Language of the browser.</param>
/// <param name="Scheme">Light or dark.</param>
/// <param name="Width">Of the window, in CSS pixels.</param>
public sealed record Look(string Name, string Locale, ColorScheme Scheme, int Width)
{
    public static readonly Look Light = new("light", "en-GB", ColorScheme.Light, 760);
    public static readonly Look Dark = new("dark", "en-GB", ColorScheme.Dark, 760);
    public static readonly Look Narrow = new("narrow", "de-DE", ColorScheme.Light, 360);
    public static readonly Look Arabic = new("arabic", "ar", ColorScheme.Light, 760);

    public override string ToString() => Name;
}
