namespace AltSendme.Quic.Tests;

/// <summary>Bytes as RFCs print them: blanks and line ends do not count.</summary>
internal static class Hex
{
    public static byte[] Decode(string text) => Convert.FromHexString(string.Concat(text.Where(c => !char.IsWhiteSpace(c))));

    public static string Encode(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(bytes);
}
