using System.Buffers.Binary;
using AltSendme.Quic.Tls.Wire;

namespace AltSendme.Quic.Tls.Extensions;

/// <summary>supported_versions (RFC 8446, section 4.2.1): TLS 1.3 and nothing else.</summary>
internal static class SupportedVersions
{
    /// <summary>Appends a ClientHello's offer.</summary>
    public static void WriteOffer(HandshakeWriter writer)
    {
        var extension = writer.BeginExtension(ExtensionType.SupportedVersions);
        var list = writer.BeginVector(1);
        writer.WriteUInt16(ProtocolConstants.Tls13);
        writer.EndVector(list);
        writer.EndVector(extension);
    }

    /// <summary>Appends a server's choice.</summary>
    public static void WriteChoice(HandshakeWriter writer)
    {
        var extension = writer.BeginExtension(ExtensionType.SupportedVersions);
        writer.WriteUInt16(ProtocolConstants.Tls13);
        writer.EndVector(extension);
    }

    /// <summary>Checks that an offer contains TLS 1.3.</summary>
    public static TransportError CheckOffer(ReadOnlySpan<byte> body)
    {
        if (!VectorReader.TryReadWhole8(body, out var versions) || versions.Length % sizeof(ushort) != 0)
            return TlsAlert.DecodeError.Because("A supported_versions extension is malformed");
        return new UInt16List(versions).Contains(ProtocolConstants.Tls13) ? default : TlsAlert.ProtocolVersion.Because("The client does not offer TLS 1.3");
    }

    /// <summary>Checks that a server chose TLS 1.3, the only offer.</summary>
    public static TransportError CheckChoice(ReadOnlySpan<byte> body)
    {
        if (body.Length != sizeof(ushort))
            return TlsAlert.DecodeError.Because("A supported_versions extension is malformed");
        return BinaryPrimitives.ReadUInt16BigEndian(body) == ProtocolConstants.Tls13
            ? default
            : TlsAlert.IllegalParameter.Because("The server chose a version that was not offered");
    }
}
