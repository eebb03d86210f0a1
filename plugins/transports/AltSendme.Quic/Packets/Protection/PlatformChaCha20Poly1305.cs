using System.Security.Cryptography;

namespace AltSendme.Quic.Packets.Protection;

/// <summary>ChaCha20-Poly1305 (RFC 8439, section 2.8) through the platform's class: where libcrypto is not at hand.</summary>
internal sealed class PlatformChaCha20Poly1305(ReadOnlySpan<byte> key) : PacketAead
{
    private readonly ChaCha20Poly1305 _aead = new(key);

    /// <inheritdoc />
    public override void Seal(ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> associated, Span<byte> content, Span<byte> tag) =>
        _aead.Encrypt(nonce, content, content, tag, associated);

    /// <inheritdoc />
    public override bool TryOpen(ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> associated, Span<byte> content, ReadOnlySpan<byte> tag)
    {
        try
        {
            _aead.Decrypt(nonce, content, tag, content, associated);
            return true;
        }
        catch (AuthenticationTagMismatchException)
        {
            return false;
        }
    }

    /// <inheritdoc />
    public override void Dispose() => _aead.Dispose();
}
