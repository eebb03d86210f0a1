namespace AltSendme.Primitives.Cryptography;

/// <summary>The lengths of buffers that our own side provides: a wrong one is a mistake in the program.</summary>
internal static class KeyLengths
{
    public static void Require(int actual, int expected, string parameter)
    {
        if (actual != expected)
            throw new ArgumentException($"{expected} bytes are needed, not {actual}.", parameter);
    }
}
