using AltSendme.Primitives.Encoding;
using AltSendme.Quic.Crypto;
using AltSendme.Quic.Tls.Wire;

namespace AltSendme.Quic.Tls.Messages;

/// <summary>A Certificate message that holds a raw public key (RFC 8446, section 4.4.2; RFC 7250, section 3).</summary>
internal static class Certificate
{
    /// <summary>Reads the body of the message, without its header, into the 32 bytes of the sender's Ed25519 key.</summary>
    public static bool TryRead(ReadOnlySpan<byte> body, Side sender, out ReadOnlySpan<byte> publicKey, out TransportError error)
    {
        publicKey = default;
        error = TlsAlert.DecodeError.Because("Certificate is malformed");
        var outer = new SpanReader(body);
        if (!outer.TryReadVector8(out var context) || !outer.TryReadVector24(out var entries) || !outer.IsAtEnd)
            return false;

        if (!context.IsEmpty)
        {
            error = TlsAlert.IllegalParameter.Because("Certificate has a context in the handshake");
            return false;
        }

        if (entries.IsEmpty)
        {
            // A server must not send an empty list; a client says with it that it has no key.
            if (sender == Side.Client)
                error = TlsAlert.CertificateRequired.Because("The client has no key");
            return false;
        }

        var reader = new SpanReader(entries);
        if (!reader.TryReadVector24(out var key) || key.IsEmpty || !reader.TryReadVector16(out var extensions))
            return false;

        if (!reader.IsAtEnd)
            error = TlsAlert.IllegalParameter.Because("Certificate holds more than one raw public key");
        else if (!extensions.IsEmpty)
            error = TlsAlert.UnsupportedExtension.Because("Certificate carries an extension that was not offered");
        else
            error = RawPublicKey.TryRead(key, out publicKey) ? default : TlsAlert.UnsupportedCertificate.Because("The peer's key is not a raw Ed25519 key");
        return !error.IsError;
    }

    /// <summary>Appends the message with this end's key.</summary>
    public static void Write(HandshakeWriter writer, ReadOnlySpan<byte> publicKey)
    {
        var message = writer.BeginMessage(HandshakeType.Certificate);
        writer.WriteVector(1, default);
        var entries = writer.BeginVector(3);
        var entry = writer.BeginVector(3);
        RawPublicKey.Write(writer, publicKey);
        writer.EndVector(entry);
        writer.WriteVector(sizeof(ushort), default);
        writer.EndVector(entries);
        writer.EndVector(message);
    }
}
