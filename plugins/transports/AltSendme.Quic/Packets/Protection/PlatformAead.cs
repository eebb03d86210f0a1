using System.Security.Cryptography;
using AltSendme.Quic.Crypto;
using AltSendme.Quic.Tls;

namespace AltSendme.Quic.Packets.Protection;

/// <summary>AES-GCM (RFC 5116, section 5.1) and ChaCha20-Poly1305 (RFC 8439, section 2.8) through the platform's classes: where libcrypto is not at hand.</summary>
internal sealed class PlatformAead : PacketAead
{
    private readonly IDisposable _key;
    private readonly Encryption _encrypt;
    private readonly Decryption _decrypt;

    private PlatformAead(IDisposable key, Encryption encrypt, Decryption decrypt) => (_key, _encrypt, _decrypt) = (key, encrypt, decrypt);

    // The two classes of the platform are alike, but share no type.
    private delegate void Encryption(ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> plaintext, Span<byte> ciphertext, Span<byte> tag, ReadOnlySpan<byte> associated);

    private delegate void Decryption(ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> ciphertext, ReadOnlySpan<byte> tag, Span<byte> plaintext, ReadOnlySpan<byte> associated);

    /// <summary>Whether the platform has the suite's AEAD.</summary>
    public static new bool IsSupported(CipherSuite suite) => suite.Id == CipherSuiteId.ChaCha20Poly1305 ? ChaCha20Poly1305.IsSupported : AesGcm.IsSupported;

    /// <summary>The suite's AEAD with a key.</summary>
    /// <exception cref="PlatformNotSupportedException">The platform does not have it.</exception>
    public static PlatformAead Create(CipherSuite suite, ReadOnlySpan<byte> key)
    {
        if (suite.Id == CipherSuiteId.ChaCha20Poly1305)
        {
            var chaCha = new ChaCha20Poly1305(key);
            return new PlatformAead(chaCha, chaCha.Encrypt, chaCha.Decrypt);
        }

        var aes = new AesGcm(key, CryptoConstants.TagLength);
        return new PlatformAead(aes, aes.Encrypt, aes.Decrypt);
    }

    /// <inheritdoc />
    public override void Seal(ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> associated, Span<byte> content, Span<byte> tag) => _encrypt(nonce, content, content, tag, associated);

    /// <inheritdoc />
    public override bool TryOpen(ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> associated, Span<byte> content, ReadOnlySpan<byte> tag)
    {
        try
        {
            _decrypt(nonce, content, tag, content, associated);
            return true;
        }
        catch (AuthenticationTagMismatchException)
        {
            return false;
        }
    }

    /// <inheritdoc />
    public override void Dispose() => _key.Dispose();
}
