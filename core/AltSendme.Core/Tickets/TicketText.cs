using System.Buffers;
using AltSendme.Primitives.Encoding;

namespace AltSendme.Core.Tickets;

/// <summary>The outer shell of a ticket: <c>blob</c> and base32, as people copy, wrap and paste it.</summary>
internal static class TicketText
{
    private const string Prefix = "blob";

    /// <summary>What chat programs and mail leave in a pasted text and nobody sees: zero-width characters and the byte order mark.</summary>
    private static readonly SearchValues<char> Invisible = SearchValues.Create("\u200B\u200C\u200D\u2060\uFEFF");

    private static readonly SearchValues<char> HexDigits = SearchValues.Create("0123456789abcdefABCDEF");

    private static readonly SearchValues<char> Symbols = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ234567");

    public static string Encode(ReadOnlySpan<byte> bytes) => Prefix + Base32.Encode(bytes);

    public static bool TryDecode(ReadOnlySpan<char> text, out byte[] bytes, out TicketFault fault)
    {
        bytes = [];
        if (text.Length > TicketLimits.MaxTextLength)
        {
            fault = TicketFaults.TooLong(text.Length);
            return false;
        }

        ReadOnlySpan<char> visible = WithoutWhiteSpace(text);
        if (!HasPrefix(visible, out fault))
            return false;

        var symbols = visible[Prefix.Length..];
        var foreign = symbols.IndexOfAnyExcept(Symbols);
        if (foreign >= 0)
            fault = TicketFaults.Encoding(Prefix.Length + foreign + 1);
        else if (symbols.IsEmpty || !Base32.TryDecode(symbols, out bytes))
            fault = TicketFaults.Truncated;
        else
            return true;
        return false;
    }

    private static char[] WithoutWhiteSpace(ReadOnlySpan<char> text)
    {
        var kept = new char[text.Length];
        var count = 0;
        foreach (var c in text)
        {
            if (!char.IsWhiteSpace(c) && !Invisible.Contains(c))
                kept[count++] = c;
        }

        return kept[..count];
    }

    private static bool HasPrefix(ReadOnlySpan<char> text, out TicketFault fault)
    {
        fault = default;
        if (text.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase))
            return true;

        fault = text.IsEmpty ? TicketFaults.Empty
            : Prefix.AsSpan().StartsWith(text, StringComparison.OrdinalIgnoreCase) ? TicketFaults.Truncated
            : TicketFaults.Kind(Describe(text));
        return false;
    }

    private static string Describe(ReadOnlySpan<char> text) =>
        StartsWith(text, "endpoint") || StartsWith(text, "node") ? "a ticket for an endpoint, which names no files"
        : StartsWith(text, "doc") ? "a ticket for a document"
        : StartsWith(text, "http:") || StartsWith(text, "https:") ? "a link"
        : StartsWith(text, "altsendme") || StartsWith(text, "sendme") ? "a command"
        : text.Length == 64 && !text.ContainsAnyExcept(HexDigits) ? "an id or a hash"
        : "something else";

    private static bool StartsWith(ReadOnlySpan<char> text, string prefix) => text.StartsWith(prefix, StringComparison.OrdinalIgnoreCase);
}
