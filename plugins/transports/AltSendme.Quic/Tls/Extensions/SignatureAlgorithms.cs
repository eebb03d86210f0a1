using AltSendme.Quic.Tls.Wire;

namespace AltSendme.Quic.Tls.Extensions;

/// <summary>signature_algorithms (RFC 8446, section 4.2.3): ed25519 and nothing else.</summary>
internal static class SignatureAlgorithms
{
    /// <summary>Appends the extension.</summary>
    public static void Write(HandshakeWriter writer)
    {
        var extension = writer.BeginExtension(ExtensionType.SignatureAlgorithms);
        var list = writer.BeginVector(sizeof(ushort));
        writer.WriteUInt16(ProtocolConstants.Ed25519Scheme);
        writer.EndVector(list);
        writer.EndVector(extension);
    }

    /// <summary>Checks that the peer accepts ed25519.</summary>
    public static TransportError Check(ReadOnlySpan<byte> body)
    {
        if (!VectorReader.TryReadUInt16List(body, out var schemes))
            return TlsAlert.DecodeError.Because("A signature_algorithms extension is malformed");
        return schemes.Contains(ProtocolConstants.Ed25519Scheme) ? default : TlsAlert.HandshakeFailure.Because("The peer does not accept ed25519 signatures");
    }
}
