using System.Security.Cryptography;

namespace AltSendme.Quic.ConnectionIds;

/// <summary>Makes connection ids and their stateless reset tokens (RFC 9000, section 10.3.2): a token is a keyed hash of its id, so that nothing need be remembered. Immutable; may be shared.</summary>
internal sealed class ConnectionIdIssuer(RandomSource random, ReadOnlyMemory<byte> resetKey)
{
    /// <summary>Bytes of the ids that we issue: enough that they cannot be guessed or collide.</summary>
    public const int IdLength = 8;

    /// <summary>A fresh id.</summary>
    public ConnectionId NewId()
    {
        Span<byte> bytes = stackalloc byte[IdLength];
        random.Fill(bytes);
        return new ConnectionId(bytes);
    }

    /// <summary>The token of an id.</summary>
    public StatelessResetToken TokenFor(in ConnectionId id)
    {
        Span<byte> hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(resetKey.Span, id.Bytes, hash);
        return new StatelessResetToken(hash);
    }
}
