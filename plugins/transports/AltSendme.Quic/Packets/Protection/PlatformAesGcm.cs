using System.Security.Cryptography;
using AltSendme.Quic.Crypto;

namespace AltSendme.Quic.Packets.Protection;

/// <summary>AES-GCM (RFC 5116, section 5.1) through the platform's class: where libcrypto is not at hand.</summary>
internal sealed class PlatformAesGcm(ReadOnlySpan<byte> key) : PacketAead
{
    private readonly AesGcm _aead = new(key, CryptoConstants.TagLength);

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
