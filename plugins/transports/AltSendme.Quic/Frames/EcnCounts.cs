using AltSendme.Primitives.Encoding;
using AltSendme.Quic.Packets;

namespace AltSendme.Quic.Frames;

/// <summary>Packets received with each ECN mark (RFC 9000, section 19.3.2).</summary>
/// <param name="Ect0">Packets marked ECT(0).</param>
/// <param name="Ect1">Packets marked ECT(1).</param>
/// <param name="Ce">Packets marked as having met congestion.</param>
internal readonly record struct EcnCounts(ulong Ect0, ulong Ect1, ulong Ce)
{
    /// <summary>Whether any mark was counted.</summary>
    public bool HasAny => (Ect0 | Ect1 | Ce) != 0;

    /// <summary>Bytes that the counts take at the end of an ACK frame.</summary>
    public int EncodedLength => QuicVarInt.Length(Ect0) + QuicVarInt.Length(Ect1) + QuicVarInt.Length(Ce);

    /// <summary>Writes the counts.</summary>
    public void Write(ref PacketWriter writer)
    {
        writer.WriteVarInt(Ect0);
        writer.WriteVarInt(Ect1);
        writer.WriteVarInt(Ce);
    }
}
