using AltSendme.Quic.Tls.Certificates;
using AltSendme.Quic.Tls.Exchange;
using AltSendme.Quic.Tls.Extensions;
using AltSendme.Quic.Tls.Wire;

namespace AltSendme.Quic.Tls.Messages;

/// <summary>Writes ClientHellos (RFC 8446, section 4.1.2). No tickets are asked for, so that a server sends none.</summary>
internal static class ClientHelloWriter
{
    /// <summary>Appends a ClientHello. After a HelloRetryRequest the random is the same, the key share is of the group asked for, and the cookie is the one received.</summary>
    public static void Write(
        HandshakeWriter writer,
        TlsConfiguration configuration,
        ReadOnlySpan<byte> random,
        KeyExchange keyShare,
        ReadOnlySpan<byte> cookie,
        ReadOnlySpan<byte> transportParameters)
    {
        var message = writer.BeginMessage(HandshakeType.ClientHello);
        writer.WriteUInt16(ProtocolConstants.LegacyVersion);
        writer.WriteBytes(random);
        writer.WriteVector(1, default);
        var suites = writer.BeginVector(sizeof(ushort));
        foreach (var suite in configuration.CipherSuites)
            writer.WriteUInt16((ushort)suite);
        writer.EndVector(suites);
        writer.WriteVector(1, [0]);

        var extensions = writer.BeginVector(sizeof(ushort));
        SupportedVersions.WriteOffer(writer);
        WriteGroups(writer, configuration.Groups);
        WriteKeyShare(writer, keyShare);
        ApplicationProtocolList.Write(writer, [.. configuration.ApplicationProtocols]);
        if (configuration.Server is { } server)
        {
            HostName.Write(writer, server.Host);
            SignatureAlgorithms.Write(writer, CertificateSignature.Offered);
        }
        else
        {
            SignatureAlgorithms.Write(writer, SignatureAlgorithms.OfRawKeys);
            CertificateTypes.WriteOffer(writer, ExtensionType.ClientCertificateType);
            CertificateTypes.WriteOffer(writer, ExtensionType.ServerCertificateType);
        }

        if (!cookie.IsEmpty)
            WriteCookie(writer, cookie);
        RawExtension.Write(writer, ExtensionType.QuicTransportParameters, transportParameters);
        writer.EndVector(extensions);
        writer.EndVector(message);
    }

    private static void WriteGroups(HandshakeWriter writer, IReadOnlyList<NamedGroup> groups)
    {
        var extension = writer.BeginExtension(ExtensionType.SupportedGroups);
        var list = writer.BeginVector(sizeof(ushort));
        foreach (var group in groups)
            writer.WriteUInt16((ushort)group);
        writer.EndVector(list);
        writer.EndVector(extension);
    }

    private static void WriteKeyShare(HandshakeWriter writer, KeyExchange keyShare)
    {
        var extension = writer.BeginExtension(ExtensionType.KeyShare);
        var list = writer.BeginVector(sizeof(ushort));
        writer.WriteUInt16((ushort)keyShare.Group);
        writer.WriteVector(sizeof(ushort), keyShare.PublicKey);
        writer.EndVector(list);
        writer.EndVector(extension);
    }

    private static void WriteCookie(HandshakeWriter writer, ReadOnlySpan<byte> cookie)
    {
        var extension = writer.BeginExtension(ExtensionType.Cookie);
        writer.WriteVector(sizeof(ushort), cookie);
        writer.EndVector(extension);
    }
}
