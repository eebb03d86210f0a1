using System.Buffers;
using System.Security.Cryptography;
using AltSendme.Quic.Crypto;

namespace AltSendme.Quic.Packets.Protection;

/// <summary>Tag of Retry packets (RFC 9001, section 5.8): its key is public, so that it proves only that the sender saw the Initial.</summary>
internal static class RetryIntegrityTag
{
    private static ReadOnlySpan<byte> Key => [0xbe, 0x0c, 0x69, 0x0b, 0x9f, 0x66, 0x57, 0x5a, 0x1d, 0x76, 0x6b, 0x54, 0xe3, 0x68, 0xc8, 0x4e];

    private static ReadOnlySpan<byte> Nonce => [0x46, 0x15, 0x99, 0xd3, 0x5d, 0x63, 0x2b, 0xf2, 0x23, 0x98, 0x25, 0xbb];

    /// <summary>Computes the 16-byte tag of a Retry packet that is given without its tag.</summary>
    public static void Compute(ReadOnlySpan<byte> originalDestinationConnectionId, ReadOnlySpan<byte> retry, Span<byte> tag)
    {
        var length = 1 + originalDestinationConnectionId.Length + retry.Length;
        var pseudoPacket = ArrayPool<byte>.Shared.Rent(length);
        pseudoPacket[0] = checked((byte)originalDestinationConnectionId.Length);
        originalDestinationConnectionId.CopyTo(pseudoPacket.AsSpan(1));
        retry.CopyTo(pseudoPacket.AsSpan(1 + originalDestinationConnectionId.Length));

        using var aead = new AesGcm(Key, CryptoConstants.TagLength);
        aead.Encrypt(Nonce, default, default, tag[..CryptoConstants.TagLength], pseudoPacket.AsSpan(0, length));
        ArrayPool<byte>.Shared.Return(pseudoPacket);
    }
}
