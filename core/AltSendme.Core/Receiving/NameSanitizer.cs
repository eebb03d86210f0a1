using System.Globalization;
using System.Text;

namespace AltSendme.Core.Receiving;

/// <summary>
/// Makes names that a peer sent safe to use: relative, without <c>..</c>, drives, device names or anything that looks different from what it is. A safe name is left as it is.
/// Works on names only; that nothing is written through a symbolic link is checked where files are made.
/// </summary>
public static class NameSanitizer
{
    private const char Replacement = '_';
    private const string Nameless = "unnamed";
    private const string WindowsReserved = "<>:\"|?*";

    private static readonly HashSet<string> WindowsDevices = new(StringComparer.OrdinalIgnoreCase)
    {
        "CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$",
        "COM0", "COM1", "COM2", "COM3", "COM4", "COM5", "COM6", "COM7", "COM8", "COM9", "COM\u00B9", "COM\u00B2", "COM\u00B3",
        "LPT0", "LPT1", "LPT2", "LPT3", "LPT4", "LPT5", "LPT6", "LPT7", "LPT8", "LPT9", "LPT\u00B9", "LPT\u00B2", "LPT\u00B3",
    };

    /// <summary>The parts of a safe relative path for a name of a collection, in which <c>/</c> separates folders. At least one part, at most <see cref="NameRules.MaxDepth"/>: what goes deeper is joined into the last.</summary>
    public static IReadOnlyList<string> Split(string name, NameRules rules)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(rules);
        var parts = new List<string>();
        foreach (var part in name.Split('/'))
        {
            // Empty parts and "." mean nothing in a path: "/a", "a//b" and "./a" stay inside the destination without them.
            if (part.Length == 0 || part == ".")
                continue;
            if (parts.Count == NameRules.MaxDepth)
                parts[^1] = Clean(parts[^1] + Replacement + part, rules);
            else
                parts.Add(Clean(part, rules));
        }

        return parts.Count > 0 ? parts : [Nameless];
    }

    /// <summary>One part of a path, made safe.</summary>
    public static string Clean(string part, NameRules rules)
    {
        ArgumentNullException.ThrowIfNull(part);
        ArgumentNullException.ThrowIfNull(rules);
        var builder = new StringBuilder(part.Length);
        foreach (var rune in part.EnumerateRunes())
        {
            if (IsDeceptive(rune) || rune.Value is '/' or '\\' || (rules.Windows && rune.IsAscii && WindowsReserved.Contains((char)rune.Value, StringComparison.Ordinal)))
                builder.Append(Replacement);
            else
                builder.Append(rune);
        }

        var text = builder.ToString();
        if (rules.Windows)
            text = text.TrimEnd('.', ' ');
        if (text is "" or "." or "..")
            return text == ".." ? "__" : Nameless;
        if (rules.Windows && WindowsDevices.Contains(text.Split('.')[0].TrimEnd(' ')))
            text = Replacement + text;
        return Shorten(text, "");
    }

    /// <summary>Puts <paramref name="suffix"/> before the extension and keeps the whole within <see cref="NameRules.MaxNameBytes"/>, cutting the stem between characters.</summary>
    internal static string Shorten(string name, string suffix)
    {
        var (stem, extension) = SplitExtension(name);
        var room = NameRules.MaxNameBytes - Encoding.UTF8.GetByteCount(suffix) - Encoding.UTF8.GetByteCount(extension);
        if (Encoding.UTF8.GetByteCount(stem) <= room)
            return stem + suffix + extension;

        var builder = new StringBuilder();
        var elements = StringInfo.GetTextElementEnumerator(stem);
        while (elements.MoveNext())
        {
            var element = elements.GetTextElement();
            room -= Encoding.UTF8.GetByteCount(element);
            if (room < 0)
                break;
            builder.Append(element);
        }

        return (builder.Length == 0 ? Nameless : builder.ToString().TrimEnd(' ', '.')) + suffix + extension;
    }

    /// <summary>An extension is what follows the last dot, when it is short enough to be one and something stands before it; <c>.tar.gz</c> and its kin stay together.</summary>
    internal static (string Stem, string Extension) SplitExtension(string name)
    {
        const int MaxExtension = 16;
        var dot = name.LastIndexOf('.');
        if (dot <= 0 || name.Length - dot > MaxExtension)
            return (name, "");
        var tar = name.LastIndexOf(".tar.", StringComparison.OrdinalIgnoreCase);
        if (tar > 0 && tar + ".tar".Length == dot)
            dot = tar;
        return (name[..dot], name[dot..]);
    }

    /// <summary>Whether a rune can make a name look different from what it is, or drive a terminal: controls, bidirectional overrides and isolates, line separators, halves of surrogate pairs, code points that are no characters.</summary>
    internal static bool IsDeceptive(Rune rune) => Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
        || rune.Value is 0x061C or 0x200E or 0x200F or (>= 0x202A and <= 0x202E) or (>= 0x2066 and <= 0x2069) or 0xFEFF or 0xFFFD
        || (rune.Value & 0xFFFE) == 0xFFFE || rune.Value is >= 0xFDD0 and <= 0xFDEF;
}
