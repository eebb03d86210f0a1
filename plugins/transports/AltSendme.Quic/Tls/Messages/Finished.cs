using System.Security.Cryptography;
using AltSendme.Quic.Crypto;
using AltSendme.Quic.Tls.Schedule;
using AltSendme.Quic.Tls.Wire;

namespace AltSendme.Quic.Tls.Messages;

/// <summary>The MAC over the handshake (RFC 8446, section 4.4.4).</summary>
internal static class Finished
{
    /// <summary>Checks the body of the message against the transcript before it.</summary>
    public static TransportError Check(ReadOnlySpan<byte> body, Side sender, KeySchedule schedule, ReadOnlySpan<byte> transcriptHash)
    {
        if (body.Length != transcriptHash.Length)
            return TlsAlert.DecodeError.Because("Finished has the wrong length");

        Span<byte> expected = stackalloc byte[CipherSuite.MaxHashLength];
        expected = expected[..transcriptHash.Length];
        schedule.ComputeFinished(sender, transcriptHash, expected);
        return CryptographicOperations.FixedTimeEquals(body, expected) ? default : TlsAlert.DecryptError.Because("Finished does not fit the handshake");
    }

    /// <summary>Appends the message.</summary>
    public static void Write(HandshakeWriter writer, Side sender, KeySchedule schedule, ReadOnlySpan<byte> transcriptHash)
    {
        var message = writer.BeginMessage(HandshakeType.Finished);
        schedule.ComputeFinished(sender, transcriptHash, writer.Reserve(transcriptHash.Length));
        writer.EndVector(message);
    }
}
