using System.Buffers.Binary;
using System.Security.Cryptography;
using AltSendme.Primitives.Encoding;
using AltSendme.Quic.Paths;

namespace AltSendme.Quic.Endpoints;

/// <summary>
/// The token of a NEW_TOKEN frame (RFC 9000, sections 8.1.3 and 8.1.4): it proves the address of a client that comes back within the token's life, from whatever port, and serves once. Its kind, its time and a random
/// number are in clear, bound by a keyed hash to the address; only the numbers of tokens that were used are remembered, and no more than <see cref="MaxRemembered"/> of them.
/// </summary>
internal sealed class AddressToken(ReadOnlyMemory<byte> key, TimeSpan lifetime, RandomSource random)
{
    /// <summary>Bytes of a token.</summary>
    public const int Length = ClearLength + HMACSHA256.HashSizeInBytes;

    /// <summary>Used tokens that are remembered until they would have expired; while there are so many, no token is honoured, so that none serves twice.</summary>
    public const int MaxRemembered = 8192;

    // Kind, time and number.
    private const int ClearLength = 1 + sizeof(long) + sizeof(ulong);
    private const byte Kind = 0x4e;

    private readonly HashSet<ulong> _used = [];
    private readonly Queue<Used> _byAge = new();

    /// <summary>Whether tokens are issued at all.</summary>
    public bool IsIssued => lifetime > TimeSpan.Zero;

    /// <summary>Writes a token for a client's address; it takes <see cref="Length"/> bytes.</summary>
    public void Write(Span<byte> buffer, in NetworkAddress client, Instant now)
    {
        buffer[0] = Kind;
        BinaryPrimitives.WriteInt64BigEndian(buffer[1..], now.Microseconds);
        random.Fill(buffer[(1 + sizeof(long))..ClearLength]);
        Sign(buffer[..ClearLength], client, buffer[ClearLength..Length]);
    }

    /// <summary>Checks a token, and remembers that it was used when it is good.</summary>
    public bool TryUse(ReadOnlySpan<byte> token, in NetworkAddress client, Instant now)
    {
        var reader = new SpanReader(token);
        if (token.Length != Length || !reader.TryReadByte(out var kind) || kind != Kind || !reader.TryReadUInt64BigEndian(out var time) || !reader.TryReadUInt64BigEndian(out var number))
            return false;

        Span<byte> expected = stackalloc byte[HMACSHA256.HashSizeInBytes];
        Sign(token[..ClearLength], client, expected);
        var age = now - new Instant((long)time);
        if (!CryptographicOperations.FixedTimeEquals(expected, reader.Remaining) || age < TimeSpan.Zero || age > lifetime)
            return false;

        Forget(now);
        if (_byAge.Count >= MaxRemembered || !_used.Add(number))
            return false;
        _byAge.Enqueue(new Used(number, now + lifetime));
        return true;
    }

    // Each is kept for a whole life from its use on: longer than needed, but in the order in which they go.
    private void Forget(Instant now)
    {
        while (_byAge.TryPeek(out var oldest) && oldest.Until < now)
            _used.Remove(_byAge.Dequeue().Number);
    }

    private void Sign(ReadOnlySpan<byte> clear, in NetworkAddress client, Span<byte> signature)
    {
        Span<byte> message = stackalloc byte[ClearLength + NetworkAddress.EncodedLength];
        clear.CopyTo(message);
        (client with { Port = 0 }).WriteTo(message[ClearLength..]);
        HMACSHA256.HashData(key.Span, message, signature);
    }

    private readonly record struct Used(ulong Number, Instant Until);
}
