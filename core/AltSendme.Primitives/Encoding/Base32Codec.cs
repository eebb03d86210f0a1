namespace AltSendme.Primitives.Encoding;

/// <summary>The bit shuffling that <see cref="Base32"/> and <see cref="ZBase32"/> share: five bits a symbol, most significant first.</summary>
internal static class Base32Codec
{
    private const int BitsPerSymbol = 5;

    public static string Encode(ReadOnlySpan<byte> bytes, string alphabet)
    {
        var symbols = new char[Base32.EncodedLength(bytes.Length)];
        var position = 0;
        uint pending = 0;
        var bits = 0;
        foreach (var value in bytes)
        {
            pending = (pending << 8) | value;
            bits += 8;
            while (bits >= BitsPerSymbol)
            {
                bits -= BitsPerSymbol;
                symbols[position++] = alphabet[(int)(pending >> bits) & 31];
            }
        }

        if (bits > 0)
            symbols[position] = alphabet[(int)(pending << (BitsPerSymbol - bits)) & 31];
        return new string(symbols);
    }

    public static bool TryDecode(ReadOnlySpan<char> text, Func<char, int> valueOf, out byte[] bytes)
    {
        bytes = [];
        var length = (int)((long)text.Length * BitsPerSymbol / 8);
        if (Base32.EncodedLength(length) != text.Length)
            return false;

        var decoded = new byte[length];
        var position = 0;
        uint pending = 0;
        var bits = 0;
        foreach (var symbol in text)
        {
            var value = valueOf(symbol);
            if (value < 0)
                return false;
            pending = (pending << BitsPerSymbol) | (uint)value;
            bits += BitsPerSymbol;
            if (bits < 8)
                continue;
            bits -= 8;
            decoded[position++] = (byte)(pending >> bits);
        }

        if ((pending & ((1u << bits) - 1)) != 0)
            return false;
        bytes = decoded;
        return true;
    }
}
