using AltSendme.Abstractions;

namespace AltSendme.Plugins.Testing;

/// <summary>Content that differs at every place, and the two ends of moving it.</summary>
public static class Pattern
{
    public static byte[] Bytes(int length, int seed = 1)
    {
        var bytes = new byte[length];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }

    public static async Task SendAsync(IByteStream stream, ReadOnlyMemory<byte> bytes, int step = 50_000)
    {
        for (var position = 0; position < bytes.Length; position += step)
            await stream.Output.WriteAsync(bytes[position..Math.Min(bytes.Length, position + step)]);
        await stream.Output.CompleteAsync();
    }

    public static async Task<byte[]> ReadToEndAsync(IByteStream stream)
    {
        var received = new MemoryStream();
        await stream.Input.CopyToAsync(received);
        await stream.Input.CompleteAsync();
        return received.ToArray();
    }
}
