using System.Globalization;
using System.Text;

namespace AltSendme.Cli.Rendering;

/// <summary>Foreign text on a terminal: what could move the cursor, change colours or turn the reading direction is shown as its code point.</summary>
internal static class SafeText
{
    public static string Of(string text)
    {
        var builder = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            if (IsPlain(rune))
                builder.Append(rune);
            else
                builder.Append(CultureInfo.InvariantCulture, $"\\u{{{rune.Value:X}}}");
        }

        return builder.ToString();
    }

    private static bool IsPlain(Rune rune) => Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
        or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse);
}
