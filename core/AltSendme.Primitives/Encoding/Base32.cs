namespace AltSendme.Primitives.Encoding;

/// <summary>Base32 without padding (RFC 4648, section 6): written in lower case as iroh does, read in either case.</summary>
public static class Base32
{
    private const string Alphabet = "abcdefghijklmnopqrstuvwxyz234567";

    /// <summary>Characters that <paramref name="byteCount"/> bytes take.</summary>
    public static int EncodedLength(int byteCount) => (int)(((long)byteCount * 8 + 4) / 5);

    /// <summary>Encodes in lower case without padding.</summary>
    public static string Encode(ReadOnlySpan<byte> bytes) => Base32Codec.Encode(bytes, Alphabet);

    /// <summary>Decodes text of either case. Fails on any other character, on an impossible length and on bits that should be zero.</summary>
    public static bool TryDecode(ReadOnlySpan<char> text, out byte[] bytes) => Base32Codec.TryDecode(text, ValueOf, out bytes);

    private static int ValueOf(char symbol) => symbol switch
    {
        >= 'a' and <= 'z' => symbol - 'a',
        >= 'A' and <= 'Z' => symbol - 'A',
        >= '2' and <= '7' => symbol - '2' + 26,
        _ => -1,
    };
}
