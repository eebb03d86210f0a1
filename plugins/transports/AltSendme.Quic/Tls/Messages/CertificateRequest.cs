using AltSendme.Primitives.Encoding;
using AltSendme.Quic.Tls.Extensions;
using AltSendme.Quic.Tls.Wire;

namespace AltSendme.Quic.Tls.Messages;

/// <summary>A server's wish to see the client's key (RFC 8446, section 4.3.2).</summary>
internal static class CertificateRequest
{
    /// <summary>Checks the body of the message: an empty context, ed25519 among the schemes; other extensions are passed over.</summary>
    public static TransportError Check(ReadOnlySpan<byte> body)
    {
        var outer = new SpanReader(body);
        if (!outer.TryReadVector8(out var context) || !outer.TryReadVector16(out var block) || !outer.IsAtEnd)
            return TlsAlert.DecodeError.Because("CertificateRequest is malformed");
        if (!context.IsEmpty)
            return TlsAlert.IllegalParameter.Because("CertificateRequest has a context in the handshake");

        var hasSchemes = false;
        var reader = new ExtensionReader(block);
        TransportError error;
        while (reader.TryNext(out var type, out var extension, out error))
        {
            if (type != ExtensionType.SignatureAlgorithms)
                continue;
            hasSchemes = true;
            error = SignatureAlgorithms.Read(extension, CertificateKind.RawPublicKey, out _);
            if (error.IsError)
                return error;
        }

        if (error.IsError)
            return error;
        return hasSchemes ? default : TlsAlert.MissingExtension.Because("CertificateRequest has no signature_algorithms");
    }

    /// <summary>Appends the message.</summary>
    public static void Write(HandshakeWriter writer)
    {
        var message = writer.BeginMessage(HandshakeType.CertificateRequest);
        writer.WriteVector(1, default);
        var extensions = writer.BeginVector(sizeof(ushort));
        SignatureAlgorithms.Write(writer, SignatureAlgorithms.OfRawKeys);
        writer.EndVector(extensions);
        writer.EndVector(message);
    }
}
