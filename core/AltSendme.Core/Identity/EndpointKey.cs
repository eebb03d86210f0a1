using System.Security.Cryptography;
using AltSendme.Abstractions;
using AltSendme.Primitives.Cryptography;

namespace AltSendme.Core.Identity;

/// <summary>
/// The Ed25519 key pair of an endpoint. The secret stays in memory that the garbage collector does not copy, is zeroed by <see cref="Dispose"/>, and
/// can't be read from outside. May be used from any thread; whoever made it disposes it, after everything that signs with it has ended.
/// </summary>
public sealed class EndpointKey : IEndpointIdentity, IDisposable
{
    /// <summary>Bytes of a secret key.</summary>
    public const int SeedLength = Ed25519.SecretKeyLength;

    private readonly byte[] _secret = GC.AllocateArray<byte>(SeedLength, pinned: true);
    private readonly Ed25519Key _signing;
    private volatile bool _disposed;

    private EndpointKey(ReadOnlySpan<byte> seed)
    {
        seed.CopyTo(_secret);
        _signing = new Ed25519Key(seed);
        Span<byte> publicKey = stackalloc byte[Ed25519.PublicKeyLength];
        Ed25519.DerivePublicKey(_secret, publicKey);
        Id = new EndpointId(publicKey);
    }

    /// <inheritdoc/>
    public EndpointId Id { get; }

    /// <summary>A new random key: what every share gets unless the user asks for the persistent one.</summary>
    public static EndpointKey Generate()
    {
        Span<byte> seed = stackalloc byte[SeedLength];
        RandomNumberGenerator.Fill(seed);
        try
        {
            return new EndpointKey(seed);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(seed);
        }
    }

    /// <summary>The key of a known secret. The caller keeps <paramref name="seed"/> and zeroes it.</summary>
    /// <exception cref="ArgumentException"><paramref name="seed"/> has not <see cref="SeedLength"/> bytes.</exception>
    public static EndpointKey FromSeed(ReadOnlySpan<byte> seed)
    {
        if (seed.Length != SeedLength)
            throw new ArgumentException($"A secret key has {SeedLength} bytes, not {seed.Length}.", nameof(seed));
        return new EndpointKey(seed);
    }

    /// <inheritdoc/>
    /// <exception cref="ObjectDisposedException">The key is gone.</exception>
    public void Sign(ReadOnlySpan<byte> message, Span<byte> signature)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        _signing.Sign(message, signature);
    }

    /// <inheritdoc/>
    /// <exception cref="ObjectDisposedException">The key is gone.</exception>
    public bool TryAgree(EndpointId peer, Span<byte> secret)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        Span<byte> publicKey = stackalloc byte[EndpointId.Length];
        peer.CopyTo(publicKey);
        var isAgreed = Ed25519Agreement.TryAgree(_secret, publicKey, secret);
        if (!_disposed)
            return isAgreed;

        // Disposed meanwhile: it may have been made with zeros.
        CryptographicOperations.ZeroMemory(secret);
        throw new ObjectDisposedException(nameof(EndpointKey));
    }

    /// <summary>Zeroes the secret. Once is enough, more does no harm.</summary>
    public void Dispose()
    {
        _disposed = true;
        _signing.Dispose();
        CryptographicOperations.ZeroMemory(_secret);
    }

    /// <summary>The short form of the public id; never the secret.</summary>
    public override string ToString() => Id.ToShortString();

    /// <summary>Hands a copy of the secret to the one place that stores it.</summary>
    internal void CopySeedTo(Span<byte> seed)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        _secret.CopyTo(seed);
    }
}
