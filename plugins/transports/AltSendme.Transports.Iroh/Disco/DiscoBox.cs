using System.Security.Cryptography;
using AltSendme.Abstractions;
using AltSendme.Primitives.Cryptography;

namespace AltSendme.Transports.Iroh.Disco;

/// <summary>
/// Seals and opens discovery datagrams between two endpoints: NaCl's box with X25519 and XChaCha20-Poly1305 (n0-computer/iroh at v0.35.0, iroh/src/key.rs). On the wire: magic, the sender's id, tag,
/// encrypted message, nonce. A tag proves that the owner of the sender's key, or of ours, made the datagram. Immutable; thread-safe.
/// </summary>
internal sealed class DiscoBox
{
    /// <summary>Bytes that a datagram has besides its message.</summary>
    public const int Overhead = HeaderLength + Poly1305.TagLength + NonceLength;

    private const int HeaderLength = 6 + EndpointId.Length;
    private const int NonceLength = 24;

    private readonly byte[] _key = new byte[ChaCha20Block.KeyLength];

    private DiscoBox(ReadOnlySpan<byte> shared) => ChaCha20Block.DeriveKey(shared, stackalloc byte[ChaCha20Block.DerivationInputLength], _key);

    private static ReadOnlySpan<byte> Magic => [0x54, 0x53, 0xF0, 0x9F, 0x92, 0xAC];

    /// <summary>Whether a datagram claims to be one: no QUIC packet begins so, but by a chance of 1 to 2^48.</summary>
    public static bool IsDisco(ReadOnlySpan<byte> datagram) => datagram.Length >= Overhead && datagram.StartsWith(Magic);

    /// <summary>Who claims to have sent it.</summary>
    public static EndpointId SenderOf(ReadOnlySpan<byte> datagram) => new(datagram.Slice(Magic.Length, EndpointId.Length));

    /// <summary>The box for a peer; null when its id is no key.</summary>
    public static DiscoBox? For(IEndpointIdentity identity, EndpointId peer)
    {
        Span<byte> shared = stackalloc byte[Ed25519Agreement.SecretLength];
        var box = identity.TryAgree(peer, shared) ? new DiscoBox(shared) : null;
        CryptographicOperations.ZeroMemory(shared);
        return box;
    }

    /// <summary>Makes a datagram of a message.</summary>
    public byte[] Seal(EndpointId own, ReadOnlySpan<byte> message)
    {
        var datagram = new byte[message.Length + Overhead];
        Magic.CopyTo(datagram);
        own.CopyTo(datagram.AsSpan(Magic.Length));
        var nonce = datagram.AsSpan(datagram.Length - NonceLength);
        var content = datagram.AsSpan(HeaderLength + Poly1305.TagLength, message.Length);
        RandomNumberGenerator.Fill(nonce);
        message.CopyTo(content);
        Span<byte> macKey = stackalloc byte[Poly1305.KeyLength];
        Span<byte> subkey = stackalloc byte[ChaCha20Block.KeyLength];
        Begin(nonce, subkey, macKey);
        Apply(subkey, nonce, content);
        Poly1305.Compute(macKey, content, datagram.AsSpan(HeaderLength, Poly1305.TagLength));
        CryptographicOperations.ZeroMemory(subkey);
        return datagram;
    }

    /// <summary>Opens a datagram in place; false when it was not made by the peer of this box.</summary>
    /// <param name="datagram">What arrived; <see cref="IsDisco"/> holds.</param>
    /// <param name="message">The part of it that then holds the message.</param>
    public bool TryOpen(Span<byte> datagram, out ReadOnlySpan<byte> message)
    {
        message = default;
        var nonce = datagram[^NonceLength..];
        var content = datagram[(HeaderLength + Poly1305.TagLength)..^NonceLength];
        Span<byte> macKey = stackalloc byte[Poly1305.KeyLength];
        Span<byte> subkey = stackalloc byte[ChaCha20Block.KeyLength];
        Span<byte> tag = stackalloc byte[Poly1305.TagLength];
        Begin(nonce, subkey, macKey);
        Poly1305.Compute(macKey, content, tag);
        var isAuthentic = CryptographicOperations.FixedTimeEquals(tag, datagram.Slice(HeaderLength, Poly1305.TagLength));
        if (isAuthentic)
        {
            Apply(subkey, nonce, content);
            message = content;
        }

        CryptographicOperations.ZeroMemory(subkey);
        return isAuthentic;
    }

    // The first 32 bytes of key stream are the authenticator's key, the rest encrypts.
    private void Begin(ReadOnlySpan<byte> nonce, Span<byte> subkey, Span<byte> macKey)
    {
        Span<byte> block = stackalloc byte[ChaCha20Block.Length];
        ChaCha20Block.DeriveKey(_key, nonce[..ChaCha20Block.DerivationInputLength], subkey);
        ChaCha20Block.Compute(subkey, 0, ShortNonce(nonce, stackalloc byte[12]), block);
        block[..Poly1305.KeyLength].CopyTo(macKey);
    }

    private static void Apply(ReadOnlySpan<byte> subkey, ReadOnlySpan<byte> nonce, Span<byte> content)
    {
        Span<byte> block = stackalloc byte[ChaCha20Block.Length];
        var shortNonce = ShortNonce(nonce, stackalloc byte[12]);
        var used = Poly1305.KeyLength;
        for (uint counter = 0; !content.IsEmpty; counter++)
        {
            ChaCha20Block.Compute(subkey, counter, shortNonce, block);
            var length = Math.Min(content.Length, block.Length - used);
            for (var i = 0; i < length; i++)
                content[i] ^= block[used + i];
            content = content[length..];
            used = 0;
        }
    }

    private static Span<byte> ShortNonce(ReadOnlySpan<byte> nonce, Span<byte> buffer)
    {
        buffer.Clear();
        nonce[ChaCha20Block.DerivationInputLength..].CopyTo(buffer[4..]);
        return buffer;
    }
}
