namespace AltSendme.Primitives.Encoding;

/// <summary>z-base-32, the spelling of endpoint ids in DNS names (human-oriented base-32 encoding, Z. Wilcox-O'Hearn; pkarr).</summary>
public static class ZBase32
{
    private const string Alphabet = "ybndrfg8ejkmcpqxot1uwisza345h769";

    /// <summary>Encodes without padding.</summary>
    public static string Encode(ReadOnlySpan<byte> bytes) => Base32Codec.Encode(bytes, Alphabet);

    /// <summary>Decodes lower-case text. Fails on any other character, on an impossible length and on bits that should be zero.</summary>
    public static bool TryDecode(ReadOnlySpan<char> text, out byte[] bytes) =>
        Base32Codec.TryDecode(text, static symbol => Alphabet.IndexOf(symbol, StringComparison.Ordinal), out bytes);
}
