using System.Security.Cryptography;

namespace AltSendme.Primitives.Cryptography.Managed;

/// <summary>Ed25519 (RFC 8032, sections 5.1.5 to 5.1.7) for platforms without libcrypto; SHA-512 is the platform's. Key material in buffers is zeroed; registers and spilled temporaries are out of reach.</summary>
internal sealed class ManagedEd25519 : IEd25519
{
    private const int HalfLength = 32;

    public IEd25519Key Open(ReadOnlySpan<byte> secretKey) => new Key(secretKey);

    public void DerivePublicKey(ReadOnlySpan<byte> secretKey, Span<byte> publicKey)
    {
        Span<byte> expanded = stackalloc byte[SHA512.HashSizeInBytes];
        Expand(secretKey, expanded);
        EdwardsPoint.Base.Multiply(expanded[..HalfLength]).Encode(publicKey);
        CryptographicOperations.ZeroMemory(expanded);
    }

    public void Sign(ReadOnlySpan<byte> secretKey, ReadOnlySpan<byte> message, Span<byte> signature)
    {
        using var key = Open(secretKey);
        key.Sign(message, signature);
    }

    public bool Verify(ReadOnlySpan<byte> publicKey, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature)
    {
        if (!EdwardsPoint.TryDecode(publicKey, out var key))
            return false;

        Span<byte> challenge = stackalloc byte[HalfLength];
        Span<byte> expected = stackalloc byte[HalfLength];
        HashToScalar(signature[..HalfLength], publicKey, message, challenge);
        (EdwardsPoint.Base.Multiply(signature[HalfLength..]) + (-key).Multiply(challenge)).Encode(expected);
        return expected.SequenceEqual(signature[..HalfLength]);
    }

    private static void Expand(ReadOnlySpan<byte> secretKey, Span<byte> expanded)
    {
        SHA512.HashData(secretKey, expanded);
        expanded[0] &= 0xF8;
        expanded[31] &= 0x7F;
        expanded[31] |= 0x40;
    }

    private static void HashToScalar(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second, ReadOnlySpan<byte> message, Span<byte> scalar)
    {
        Span<byte> digest = stackalloc byte[SHA512.HashSizeInBytes];
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA512);
        hash.AppendData(first);
        hash.AppendData(second);
        hash.AppendData(message);
        hash.GetHashAndReset(digest);
        GroupScalar.Reduce(digest, scalar);
        CryptographicOperations.ZeroMemory(digest);
    }

    // The expanded secret and the public key. A key that is disposed while it signs throws instead of giving a signature.
    private sealed class Key : IEd25519Key
    {
        private readonly byte[] _expanded = GC.AllocateArray<byte>(SHA512.HashSizeInBytes, pinned: true);
        private readonly byte[] _publicKey = new byte[Ed25519.PublicKeyLength];
        private volatile bool _isDisposed;

        public Key(ReadOnlySpan<byte> secretKey)
        {
            Expand(secretKey, _expanded);
            EdwardsPoint.Base.Multiply(_expanded.AsSpan(0, HalfLength)).Encode(_publicKey);
        }

        public void Sign(ReadOnlySpan<byte> message, Span<byte> signature)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, typeof(Ed25519Key));
            Span<byte> nonce = stackalloc byte[HalfLength];
            Span<byte> challenge = stackalloc byte[HalfLength];
            Span<byte> made = stackalloc byte[Ed25519.SignatureLength];

            HashToScalar(_expanded.AsSpan(HalfLength), [], message, nonce);
            EdwardsPoint.Base.Multiply(nonce).Encode(made[..HalfLength]);
            HashToScalar(made[..HalfLength], _publicKey, message, challenge);
            GroupScalar.MultiplyAdd(challenge, _expanded.AsSpan(0, HalfLength), nonce, made[HalfLength..]);
            CryptographicOperations.ZeroMemory(nonce);

            // Only now: the caller may sign into the buffer that holds the message, and nothing made with zeros may get out.
            ObjectDisposedException.ThrowIf(_isDisposed, typeof(Ed25519Key));
            made.CopyTo(signature);
        }

        public void Dispose()
        {
            _isDisposed = true;
            CryptographicOperations.ZeroMemory(_expanded);
        }
    }
}
