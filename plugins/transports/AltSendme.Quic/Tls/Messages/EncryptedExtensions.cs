using AltSendme.Primitives.Encoding;
using AltSendme.Quic.Tls.Extensions;
using AltSendme.Quic.Tls.Wire;

namespace AltSendme.Quic.Tls.Messages;

/// <summary>The server's choices beyond keys (RFC 8446, section 4.3.1), left where they were received.</summary>
internal ref struct EncryptedExtensions
{
    private CertificateKind _kind;
    private bool _hasParameters;
    private bool _hasServerType;

    /// <summary>The server's transport parameters.</summary>
    public ReadOnlySpan<byte> TransportParameters { get; private set; }

    /// <summary>The protocol that the server chose, not yet compared with the offer.</summary>
    public ApplicationProtocolList ApplicationProtocol { get; private set; }

    /// <summary>Whether the server would take a raw public key from the client.</summary>
    public bool AcceptsRawClientKey { get; private set; }

    /// <summary>Reads the body of the message, without its header, for a client that speaks <paramref name="kind"/>.</summary>
    public static bool TryRead(ReadOnlySpan<byte> body, CertificateKind kind, out EncryptedExtensions message, out TransportError error)
    {
        message = new EncryptedExtensions { _kind = kind };
        error = TlsAlert.DecodeError.Because("EncryptedExtensions is malformed");
        var outer = new SpanReader(body);
        if (!outer.TryReadVector16(out var block) || !outer.IsAtEnd)
            return false;

        var reader = new ExtensionReader(block);
        while (reader.TryNext(out var type, out var extension, out error))
        {
            error = message.Take(type, extension);
            if (error.IsError)
                return false;
        }

        if (!error.IsError)
            error = message.FindMissing();
        return !error.IsError;
    }

    /// <summary>Appends the message: the protocol, raw public keys both ways where they are spoken, transport parameters.</summary>
    public static void Write(HandshakeWriter writer, CertificateKind kind, ReadOnlyMemory<byte> applicationProtocol, ReadOnlySpan<byte> transportParameters)
    {
        var message = writer.BeginMessage(HandshakeType.EncryptedExtensions);
        var extensions = writer.BeginVector(sizeof(ushort));
        ApplicationProtocolList.Write(writer, applicationProtocol);
        if (kind == CertificateKind.RawPublicKey)
        {
            CertificateTypes.WriteChoice(writer, ExtensionType.ClientCertificateType);
            CertificateTypes.WriteChoice(writer, ExtensionType.ServerCertificateType);
        }

        RawExtension.Write(writer, ExtensionType.QuicTransportParameters, transportParameters);
        writer.EndVector(extensions);
        writer.EndVector(message);
    }

    private TransportError Take(ExtensionType type, ReadOnlySpan<byte> body)
    {
        switch (type)
        {
            case ExtensionType.QuicTransportParameters:
                _hasParameters = true;
                TransportParameters = body;
                return default;
            case ExtensionType.ApplicationProtocols:
                var wellFormed = ApplicationProtocolList.TryRead(body, out var protocol);
                ApplicationProtocol = protocol;
                return wellFormed ? default : TlsAlert.DecodeError.Because("An ALPN extension is malformed");
            case ExtensionType.ServerCertificateType when _kind == CertificateKind.RawPublicKey:
                _hasServerType = true;
                return CertificateTypes.CheckChoice(body);
            case ExtensionType.ClientCertificateType when _kind == CertificateKind.RawPublicKey:
                AcceptsRawClientKey = true;
                return CertificateTypes.CheckChoice(body);
            case ExtensionType.ServerName when _kind == CertificateKind.X509:
                return body.IsEmpty ? default : TlsAlert.DecodeError.Because("A server_name extension of a server is not empty");
            case ExtensionType.SupportedGroups:
                return default;
            default:
                return ForeignExtension.In(type, "EncryptedExtensions carries an extension that was not offered", "EncryptedExtensions carries an extension that belongs elsewhere");
        }
    }

    private readonly TransportError FindMissing()
    {
        if (!_hasParameters)
            return TlsAlert.MissingExtension.Because("EncryptedExtensions has no quic_transport_parameters");
        if (ApplicationProtocol.Count == 0)
            return TlsAlert.NoApplicationProtocol.Because("The server chose no application protocol");
        if (ApplicationProtocol.Count > 1)
            return TlsAlert.IllegalParameter.Because("The server chose more than one application protocol");
        return _hasServerType || _kind == CertificateKind.X509 ? default : TlsAlert.UnsupportedCertificate.Because("The server does not use raw public keys");
    }
}
