using AltSendme.Quic.Tls;

namespace AltSendme.Quic.Packets.Protection;

/// <summary>An AEAD with its key, used in place on packets (RFC 9001, section 5.3). Not thread-safe: owned by one direction of one connection. Disposing zeroes the key.</summary>
internal abstract class PacketAead : IDisposable
{
    /// <summary>The fastest implementation that this machine has: libcrypto with a kept context (four times less cost a packet), otherwise the platform's classes.</summary>
    public static PacketAead Create(CipherSuite suite, ReadOnlySpan<byte> key, AeadDirection direction) =>
        EvpAead.TryCreate(suite, key, direction, out var evp) ? evp : PlatformAead.Create(suite, key);

    /// <summary>Whether packets of <paramref name="suite"/> can be protected on this machine.</summary>
    public static bool IsSupported(CipherSuite suite) => EvpAead.IsAvailable || PlatformAead.IsSupported(suite);

    /// <summary>Encrypts <paramref name="content"/> in place and writes the 16-byte <paramref name="tag"/>.</summary>
    public abstract void Seal(ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> associated, Span<byte> content, Span<byte> tag);

    /// <summary>Decrypts <paramref name="content"/> in place; false, with unspecified content, where the 16-byte <paramref name="tag"/> does not fit.</summary>
    public abstract bool TryOpen(ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> associated, Span<byte> content, ReadOnlySpan<byte> tag);

    /// <inheritdoc />
    public abstract void Dispose();
}
