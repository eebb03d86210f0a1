using AltSendme.Quic.Tls.Wire;

namespace AltSendme.Quic.Tls.Extensions;

/// <summary>client_certificate_type and server_certificate_type (RFC 7250, section 3): a list in a ClientHello, one value in EncryptedExtensions. Nothing is said where X.509 is spoken, which is what that means.</summary>
internal static class CertificateTypes
{
    /// <summary>Appends a ClientHello's offer of raw public keys.</summary>
    public static void WriteOffer(HandshakeWriter writer, ExtensionType type)
    {
        var extension = writer.BeginExtension(type);
        writer.WriteVector(1, [ProtocolConstants.RawPublicKeyType]);
        writer.EndVector(extension);
    }

    /// <summary>Appends a server's choice of raw public keys.</summary>
    public static void WriteChoice(HandshakeWriter writer, ExtensionType type)
    {
        var extension = writer.BeginExtension(type);
        writer.WriteByte(ProtocolConstants.RawPublicKeyType);
        writer.EndVector(extension);
    }

    /// <summary>Checks that an offer contains the kind that is spoken.</summary>
    public static TransportError CheckOffer(ReadOnlySpan<byte> body, CertificateKind kind)
    {
        if (!VectorReader.TryReadWhole8(body, out var types))
            return TlsAlert.DecodeError.Because("A certificate type extension is malformed");
        if (kind == CertificateKind.X509)
            return types.Contains(ProtocolConstants.X509Type) ? default : TlsAlert.UnsupportedCertificate.Because("The client does not take X.509 certificates");
        return types.Contains(ProtocolConstants.RawPublicKeyType) ? default : TlsAlert.UnsupportedCertificate.Because("The client does not offer raw public keys");
    }

    /// <summary>Checks that a server chose raw public keys, the only offer.</summary>
    public static TransportError CheckChoice(ReadOnlySpan<byte> body)
    {
        if (body.Length != 1)
            return TlsAlert.DecodeError.Because("A certificate type extension is malformed");
        return body[0] == ProtocolConstants.RawPublicKeyType ? default : TlsAlert.IllegalParameter.Because("The server chose a certificate type that was not offered");
    }
}
