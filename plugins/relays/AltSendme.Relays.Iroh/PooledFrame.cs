using System.Buffers;

namespace AltSendme.Relays.Iroh;

/// <summary>Bytes in a rented buffer. Whoever takes it from a queue returns it.</summary>
internal readonly record struct PooledFrame(byte[] Buffer, int Length)
{
    public ReadOnlyMemory<byte> Memory => Buffer.AsMemory(0, Length);

    public static PooledFrame Rent(int length) => new(ArrayPool<byte>.Shared.Rent(length), length);

    public void Return() => ArrayPool<byte>.Shared.Return(Buffer);
}
