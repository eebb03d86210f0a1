using System.Security.Cryptography;

namespace AltSendme.Quic.Packets;

/// <summary>Stateless reset (RFC 9000, section 10.3): tells a peer that its connection is unknown here, with a token that only we could have made.</summary>
internal static class StatelessReset
{
    /// <summary>Bytes of a token.</summary>
    public const int TokenLength = 16;

    /// <summary>The smallest datagram that can be one: 5 unpredictable bytes and the token.</summary>
    public const int MinLength = 5 + TokenLength;

    /// <summary>The longest that we send: looks like a short 1-RTT packet.</summary>
    public const int MaxLength = 43;

    /// <summary>
    /// Writes an answer to a datagram of <paramref name="causeLength"/> bytes and returns its length: always shorter than the cause, so that two endpoints cannot reset each other for ever;
    /// 0 when the cause is too short to be answered.
    /// </summary>
    public static int Write(Span<byte> buffer, int causeLength, ReadOnlySpan<byte> token, RandomSource random)
    {
        var length = Math.Min(causeLength - 1, MaxLength);
        if (length < MinLength)
            return 0;

        random.Fill(buffer[..(length - TokenLength)]);
        buffer[0] = (byte)((buffer[0] & ~HeaderBits.LongForm) | HeaderBits.Fixed);
        token[..TokenLength].CopyTo(buffer[(length - TokenLength)..]);
        return length;
    }

    /// <summary>Whether a datagram ends in a token, compared in constant time.</summary>
    public static bool EndsWith(ReadOnlySpan<byte> datagram, ReadOnlySpan<byte> token) =>
        datagram.Length >= MinLength && CryptographicOperations.FixedTimeEquals(datagram[^TokenLength..], token);
}
