using System.Buffers.Binary;
using System.Security.Cryptography;
using AltSendme.Primitives.Encoding;
using AltSendme.Quic.Paths;

namespace AltSendme.Quic.Endpoints;

/// <summary>
/// The token of a Retry (RFC 9000, sections 8.1.2 and 8.1.4): its kind, time and original destination in clear, bound by a keyed hash to the client's address and to the connection id that the Retry gave it. Nothing is
/// remembered for it.
/// </summary>
internal sealed class RetryToken(ReadOnlyMemory<byte> key, TimeSpan lifetime)
{
    /// <summary>Bytes of the longest token.</summary>
    public const int MaxLength = ClearLength + ConnectionId.MaxLength + HMACSHA256.HashSizeInBytes;

    // Kind, time and length of the id.
    private const int ClearLength = 1 + sizeof(long) + 1;
    private const byte Kind = 0x52;

    /// <summary>Whether a token claims to be one of a Retry, valid or not: a client that brings it takes no second Retry (RFC 9000, section 8.1.2).</summary>
    public static bool IsClaimedBy(ReadOnlySpan<byte> token) => token.Length is >= ClearLength + HMACSHA256.HashSizeInBytes and <= MaxLength && token[0] == Kind;

    /// <summary>Writes a token and returns its length.</summary>
    public int Write(Span<byte> buffer, in ConnectionId originalDestination, in ConnectionId retrySource, in NetworkAddress client, Instant now)
    {
        buffer[0] = Kind;
        BinaryPrimitives.WriteInt64BigEndian(buffer[1..], now.Microseconds);
        buffer[ClearLength - 1] = (byte)originalDestination.Length;
        originalDestination.Bytes.CopyTo(buffer[ClearLength..]);
        var length = ClearLength + originalDestination.Length;
        Sign(buffer[..length], retrySource, client, buffer[length..]);
        return length + HMACSHA256.HashSizeInBytes;
    }

    /// <summary>Checks a token that a client brought to <paramref name="retrySource"/>.</summary>
    public bool TryRead(ReadOnlySpan<byte> token, in ConnectionId retrySource, in NetworkAddress client, Instant now, out ConnectionId originalDestination)
    {
        originalDestination = default;
        var reader = new SpanReader(token);
        if (!reader.TryReadByte(out var kind) || kind != Kind || !reader.TryReadUInt64BigEndian(out var time) || !reader.TryReadByte(out var length) || length > ConnectionId.MaxLength
            || !reader.TryReadBytes(length, out var id) || reader.Remaining.Length != HMACSHA256.HashSizeInBytes)
            return false;

        Span<byte> expected = stackalloc byte[HMACSHA256.HashSizeInBytes];
        Sign(token[..^HMACSHA256.HashSizeInBytes], retrySource, client, expected);
        if (!CryptographicOperations.FixedTimeEquals(expected, reader.Remaining))
            return false;

        originalDestination = new ConnectionId(id);
        var age = now - new Instant((long)time);
        return age >= TimeSpan.Zero && age <= lifetime;
    }

    private void Sign(ReadOnlySpan<byte> clear, in ConnectionId retrySource, in NetworkAddress client, Span<byte> signature)
    {
        Span<byte> message = stackalloc byte[ClearLength + ConnectionId.MaxLength + NetworkAddress.EncodedLength + ConnectionId.MaxLength];
        clear.CopyTo(message);
        client.WriteTo(message[clear.Length..]);
        var end = clear.Length + NetworkAddress.EncodedLength;
        retrySource.Bytes.CopyTo(message[end..]);
        HMACSHA256.HashData(key.Span, message[..(end + retrySource.Length)], signature);
    }
}
