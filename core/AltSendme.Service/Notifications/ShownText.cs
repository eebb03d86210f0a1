using System.Globalization;
using System.Text;

namespace AltSendme.Service.Notifications;

/// <summary>Names and words of others, fit to be shown: nothing that moves, hides or turns around what stands beside it, and not too much of it.</summary>
internal static class ShownText
{
    private const char Cut = '…';

    /// <param name="text">The text.</param>
    /// <param name="maxLength">UTF-16 units that are shown at most.</param>
    public static string Of(string text, int maxLength)
    {
        var builder = new StringBuilder(Math.Min(text.Length, maxLength));
        foreach (var rune in text.EnumerateRunes())
        {
            if (builder.Length + rune.Utf16SequenceLength > maxLength - 1)
                return builder.Append(Cut).ToString();
            builder.Append(IsPlain(rune) ? rune.ToString() : "\uFFFD");
        }

        return builder.ToString();
    }

    /// <summary>Joiners change only how neighbouring letters look, and Persian and emoji need them.</summary>
    private static bool IsPlain(Rune rune) => rune.Value is 0x200C or 0x200D || Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
        or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse);
}
