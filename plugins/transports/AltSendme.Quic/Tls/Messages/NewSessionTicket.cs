using System.Buffers.Binary;
using AltSendme.Primitives.Encoding;
using AltSendme.Quic.Tls.Wire;

namespace AltSendme.Quic.Tls.Messages;

/// <summary>A ticket (RFC 8446, section 4.6.1): checked as strictly as everything else, then dropped, since nothing is resumed here.</summary>
internal static class NewSessionTicket
{
    /// <summary>The only early data size that QUIC allows (RFC 9001, section 4.6.1).</summary>
    private const uint QuicEarlyDataSize = 0xffffffff;

    /// <summary>Checks the body of the message.</summary>
    public static TransportError Check(ReadOnlySpan<byte> body)
    {
        var outer = new SpanReader(body);
        if (!outer.TryReadUInt32BigEndian(out _) || !outer.TryReadUInt32BigEndian(out _)
            || !outer.TryReadVector8(out _) || !outer.TryReadVector16(out var ticket) || ticket.IsEmpty
            || !outer.TryReadVector16(out var block) || !outer.IsAtEnd)
            return TlsAlert.DecodeError.Because("NewSessionTicket is malformed");

        var reader = new ExtensionReader(block);
        TransportError error;
        while (reader.TryNext(out var type, out var extension, out error))
        {
            if (type != ExtensionType.EarlyData)
                continue;
            if (!BinaryPrimitives.TryReadUInt32BigEndian(extension, out var size) || extension.Length != sizeof(uint))
                return TlsAlert.DecodeError.Because("An early_data extension is malformed");
            if (size != QuicEarlyDataSize)
                return TransportError.ProtocolViolation("NewSessionTicket limits early data, which QUIC forbids");
        }

        return error;
    }
}
