namespace AltSendme.Quic.Simulation;

/// <summary>Bytes that are easy to make and unlikely to be right by accident.</summary>
internal static class Pattern
{
    /// <summary>Bytes that length and variant decide.</summary>
    public static byte[] Bytes(int length, ulong variant = 0)
    {
        var bytes = new byte[length];
        new SeededRandom(variant + 12345).Fill(bytes);
        return bytes;
    }
}
