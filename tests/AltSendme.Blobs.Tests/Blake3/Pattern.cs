namespace AltSendme.Blobs.Tests.Blake3;

/// <summary>Inputs.</summary>
internal static class Pattern
{
    /// <summary>0, 1 ... 250, 0, 1 ...: what the official vectors are made over.</summary>
    public static byte[] Bytes(int length)
    {
        var bytes = new byte[length];
        for (var i = 0; i < length; i++)
            bytes[i] = (byte)(i % 251);
        return bytes;
    }

    /// <summary>Bytes that look random and are the same for the same seed.</summary>
    public static byte[] Random(int seed, int length)
    {
        var bytes = new byte[length];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }
}
