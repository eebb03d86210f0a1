using System.Security.Cryptography;
using AltSendme.Quic.Crypto;
using AltSendme.Quic.Tls;
using AltSendme.Quic.Tls.Schedule;

namespace AltSendme.Quic.Packets.Protection;

/// <summary>
/// The 1-RTT secret of one direction, from which each key phase is derived (RFC 9001, sections 5.1 and 6.1). The header protection key stays that of the first phase.
/// Owned by the session; disposing zeroes it.
/// </summary>
internal sealed class PacketSecret : IDisposable
{
    private readonly CipherSuite _suite;
    private readonly byte[] _secret;
    private readonly byte[] _headerKey;

    public PacketSecret(CipherSuite suite, ReadOnlySpan<byte> secret)
    {
        _suite = suite;
        _secret = secret.ToArray();
        _headerKey = new byte[suite.KeyLength];
        HkdfLabel.Expand(suite.Hash, secret, "quic hp"u8, default, _headerKey);
    }

    /// <summary>Keys of both directions, for levels whose secret is not needed afterwards.</summary>
    public static PacketKeys CreateKeys(CipherSuite suite, ReadOnlySpan<byte> write, ReadOnlySpan<byte> read)
    {
        using var writeSecret = new PacketSecret(suite, write);
        using var readSecret = new PacketSecret(suite, read);
        return new PacketKeys(writeSecret.CreateSealer(), readSecret.CreateOpener());
    }

    /// <summary>A sealer for the current phase.</summary>
    public IPacketSealer CreateSealer()
    {
        Span<byte> iv = stackalloc byte[CipherSuite.NonceLength];
        return new PacketSealer(_suite, CreateAead(AeadDirection.Seal, iv), HeaderProtection.Create(_suite, _headerKey), iv);
    }

    /// <summary>An opener for the current phase.</summary>
    public IPacketOpener CreateOpener()
    {
        Span<byte> iv = stackalloc byte[CipherSuite.NonceLength];
        return new PacketOpener(_suite, CreateAead(AeadDirection.Open, iv), HeaderProtection.Create(_suite, _headerKey), iv);
    }

    /// <summary>Goes to the next phase; the secret of the current one is gone.</summary>
    public void Advance()
    {
        Span<byte> next = stackalloc byte[CipherSuite.MaxHashLength];
        next = next[.._suite.HashLength];
        HkdfLabel.Expand(_suite.Hash, _secret, "quic ku"u8, default, next);
        next.CopyTo(_secret);
        CryptographicOperations.ZeroMemory(next);
    }

    /// <inheritdoc />
    public void Dispose()
    {
        CryptographicOperations.ZeroMemory(_secret);
        CryptographicOperations.ZeroMemory(_headerKey);
    }

    private PacketAead CreateAead(AeadDirection direction, Span<byte> iv)
    {
        Span<byte> key = stackalloc byte[CipherSuite.MaxKeyLength];
        key = key[.._suite.KeyLength];
        HkdfLabel.Expand(_suite.Hash, _secret, "quic key"u8, default, key);
        HkdfLabel.Expand(_suite.Hash, _secret, "quic iv"u8, default, iv);
        var aead = PacketAead.Create(_suite, key, direction);
        CryptographicOperations.ZeroMemory(key);
        return aead;
    }
}
