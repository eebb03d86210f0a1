namespace AltSendme.Service.DBus.Values;

/// <summary>Signatures (D-Bus specification, "Type System"), as they stand in our own code: what comes from others sd-bus has checked.</summary>
internal static class Signature
{
    /// <summary>How much of <paramref name="text"/> its first complete type takes.</summary>
    /// <exception cref="FormatException">It begins with none.</exception>
    public static int FirstLength(ReadOnlySpan<char> text)
    {
        if (text.IsEmpty)
            throw new FormatException("A signature ended in the middle of a type.");
        return text[0] switch
        {
            'a' => 1 + FirstLength(text[1..]),
            '(' => Enclosed(text, ')'),
            '{' => Enclosed(text, '}'),
            'y' or 'b' or 'n' or 'q' or 'i' or 'u' or 'x' or 't' or 'd' or 's' or 'o' or 'g' or 'v' => 1,
            _ => throw new FormatException($"'{text[0]}' is no type of D-Bus."),
        };
    }

    private static int Enclosed(ReadOnlySpan<char> text, char end)
    {
        var length = 1;
        while (length < text.Length && text[length] != end)
            length += FirstLength(text[length..]);
        return length < text.Length ? length + 1 : throw new FormatException($"A signature lacks its '{end}'.");
    }
}
