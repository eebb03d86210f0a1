using AltSendme.Primitives.Encoding;

namespace AltSendme.RelayProtocol;

/// <summary>
/// The relay's question: 16 random bytes. The client signs a key derived from them, not the bytes, so that a relay can't have anything signed that means something elsewhere.
/// </summary>
public static class Challenge
{
    /// <summary>Bytes of a challenge.</summary>
    public const int Length = 16;

    /// <summary>Bytes of the frame.</summary>
    public const int FrameLength = 1 + Length;

    /// <summary>Bytes of what is signed.</summary>
    public const int MessageLength = 32;

    /// <summary>Writes the frame and returns its length.</summary>
    public static int Write(Span<byte> destination, ReadOnlySpan<byte> challenge)
    {
        destination[0] = (byte)FrameType.ServerChallenge;
        challenge[..Length].CopyTo(destination[1..]);
        return FrameLength;
    }

    /// <summary>What the client signs for <paramref name="challenge"/>: BLAKE3 in its key derivation mode, with the protocol's context string.</summary>
    public static void Message(ReadOnlySpan<byte> challenge, Span<byte> message) => ShortBlake3.DeriveKey("iroh-relay handshake v1 challenge signature"u8, challenge[..Length], message);

    internal static bool TryRead(scoped ref SpanReader reader, out ReadOnlySpan<byte> challenge) => reader.TryReadBytes(Length, out challenge) && reader.IsAtEnd;
}
