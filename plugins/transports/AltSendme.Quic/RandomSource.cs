using System.Security.Cryptography;

namespace AltSendme.Quic;

/// <summary>Where connection ids, skipped packet numbers and grease come from. Injected, so that a simulated run can be replayed from its seed.</summary>
internal abstract class RandomSource
{
    /// <summary>The platform's generator: fit for secrets.</summary>
    public static readonly RandomSource Secure = new SecureSource();

    /// <summary>Fills <paramref name="destination"/>.</summary>
    public abstract void Fill(Span<byte> destination);

    /// <summary>A number from 0 to <paramref name="bound"/> - 1, close enough to even for what is decided with it.</summary>
    public uint Next(uint bound)
    {
        Span<byte> bytes = stackalloc byte[sizeof(uint)];
        Fill(bytes);
        return (uint)(((ulong)BitConverter.ToUInt32(bytes) * bound) >> 32);
    }

    private sealed class SecureSource : RandomSource
    {
        public override void Fill(Span<byte> destination) => RandomNumberGenerator.Fill(destination);
    }
}
