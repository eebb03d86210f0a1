using System.Security.Cryptography;
using AltSendme.Quic.Tls.Wire;

namespace AltSendme.Quic.Tls.Schedule;

/// <summary>The hash over all handshake messages (RFC 8446, section 4.4.1). What comes before the suite is known waits.</summary>
internal sealed class Transcript : IDisposable
{
    private readonly HandshakeWriter _waiting = new();
    private IncrementalHash? _hash;

    /// <summary>Adds a whole message.</summary>
    public void Append(ReadOnlySpan<byte> message)
    {
        if (_hash is null)
            _waiting.WriteBytes(message);
        else
            _hash.AppendData(message);
    }

    /// <summary>Starts hashing, first what has been waiting.</summary>
    public void Start(CipherSuite suite)
    {
        _hash = IncrementalHash.CreateHash(suite.Hash);
        _hash.AppendData(_waiting.WrittenFrom(0).Span);
        _waiting.Clear();
    }

    /// <summary>Replaces everything so far by a message that carries its hash: the first ClientHello, once a HelloRetryRequest answers it.</summary>
    public void FoldIntoMessageHash()
    {
        var hash = _hash ?? throw new InvalidOperationException("The transcript has no hash yet.");
        Span<byte> digest = stackalloc byte[CipherSuite.MaxHashLength];
        digest = digest[..hash.GetHashAndReset(digest)];
        hash.AppendData([(byte)HandshakeType.MessageHash, 0, 0, (byte)digest.Length]);
        hash.AppendData(digest);
    }

    /// <summary>Writes the hash of everything so far and returns the part of <paramref name="destination"/> that it fills.</summary>
    public Span<byte> CurrentHash(Span<byte> destination)
    {
        var hash = _hash ?? throw new InvalidOperationException("The transcript has no hash yet.");
        return destination[..hash.GetCurrentHash(destination)];
    }

    /// <inheritdoc />
    public void Dispose() => _hash?.Dispose();
}
