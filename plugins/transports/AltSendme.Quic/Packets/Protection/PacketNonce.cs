using System.Buffers.Binary;
using AltSendme.Quic.Tls;

namespace AltSendme.Quic.Packets.Protection;

/// <summary>The per-packet nonce (RFC 9001, section 5.3): the IV of the key, exclusive-or the packet number as 62 bits at its end.</summary>
internal readonly struct PacketNonce(ReadOnlySpan<byte> iv)
{
    private readonly uint _head = BinaryPrimitives.ReadUInt32BigEndian(iv);
    private readonly ulong _tail = BinaryPrimitives.ReadUInt64BigEndian(iv[4..]);

    /// <summary>Writes <see cref="CipherSuite.NonceLength"/> bytes.</summary>
    public void Write(ulong packetNumber, Span<byte> nonce)
    {
        BinaryPrimitives.WriteUInt32BigEndian(nonce, _head);
        BinaryPrimitives.WriteUInt64BigEndian(nonce[4..], _tail ^ packetNumber);
    }
}
