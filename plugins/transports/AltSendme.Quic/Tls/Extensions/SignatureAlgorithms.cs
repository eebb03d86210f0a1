using AltSendme.Quic.Tls.Certificates;
using AltSendme.Quic.Tls.Wire;

namespace AltSendme.Quic.Tls.Extensions;

/// <summary>signature_algorithms (RFC 8446, section 4.2.3).</summary>
internal static class SignatureAlgorithms
{
    /// <summary>The schemes of raw keys: ed25519 and nothing else.</summary>
    public static IReadOnlyList<SignatureScheme> OfRawKeys { get; } = [SignatureScheme.Ed25519];

    /// <summary>Appends the extension.</summary>
    public static void Write(HandshakeWriter writer, IReadOnlyList<SignatureScheme> schemes)
    {
        var extension = writer.BeginExtension(ExtensionType.SignatureAlgorithms);
        var list = writer.BeginVector(sizeof(ushort));
        foreach (var scheme in schemes)
            writer.WriteUInt16((ushort)scheme);
        writer.EndVector(list);
        writer.EndVector(extension);
    }

    /// <summary>Reads what the peer accepts; with raw keys that must contain ed25519.</summary>
    public static TransportError Read(ReadOnlySpan<byte> body, CertificateKind kind, out UInt16List schemes)
    {
        if (!VectorReader.TryReadUInt16List(body, out schemes))
            return TlsAlert.DecodeError.Because("A signature_algorithms extension is malformed");
        return kind == CertificateKind.X509 || schemes.Contains(ProtocolConstants.Ed25519Scheme)
            ? default
            : TlsAlert.HandshakeFailure.Because("The peer does not accept ed25519 signatures");
    }
}
