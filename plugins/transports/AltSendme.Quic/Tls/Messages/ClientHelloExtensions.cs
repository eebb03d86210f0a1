using AltSendme.Quic.Tls.Extensions;
using AltSendme.Quic.Tls.Wire;

namespace AltSendme.Quic.Tls.Messages;

/// <summary>Collects the extensions of a ClientHello in whatever order they come, and tells which mandatory one is missing (RFC 8446, section 9.2).</summary>
internal ref struct ClientHelloExtensions(CertificateKind kind)
{
    private readonly CertificateKind _kind = kind;
    private Seen _seen;

    [Flags]
    private enum Seen
    {
        None = 0,
        Versions = 1,
        Groups = 2,
        KeyShares = 4,
        Signatures = 8,
        Protocols = 16,
        ClientType = 32,
        ServerType = 64,
        Parameters = 128,
        EarlyData = 256,
    }

    /// <summary>Offered groups.</summary>
    public UInt16List Groups { get; private set; }

    /// <summary>Body of key_share, not yet checked.</summary>
    public ReadOnlySpan<byte> KeyShares { get; private set; }

    /// <summary>Signature schemes that the client accepts.</summary>
    public UInt16List SignatureSchemes { get; private set; }

    /// <summary>Offered application protocols.</summary>
    public ApplicationProtocolList ApplicationProtocols { get; private set; }

    /// <summary>The client's transport parameters.</summary>
    public ReadOnlySpan<byte> TransportParameters { get; private set; }

    /// <summary>Whether the client asks for 0-RTT, which is never accepted and may not be asked for twice.</summary>
    public readonly bool HasEarlyData => _seen.HasFlag(Seen.EarlyData);

    /// <summary>Takes one extension; unknown ones are passed over.</summary>
    public TransportError Take(ExtensionType type, ReadOnlySpan<byte> body, bool isLast)
    {
        switch (type)
        {
            case ExtensionType.SupportedVersions:
                _seen |= Seen.Versions;
                return SupportedVersions.CheckOffer(body);
            case ExtensionType.SupportedGroups:
                _seen |= Seen.Groups;
                var wellFormed = VectorReader.TryReadUInt16List(body, out var groups);
                Groups = groups;
                return wellFormed ? default : TlsAlert.DecodeError.Because("A supported_groups extension is malformed");
            case ExtensionType.KeyShare:
                _seen |= Seen.KeyShares;
                KeyShares = body;
                return default;
            case ExtensionType.SignatureAlgorithms:
                _seen |= Seen.Signatures;
                var error = SignatureAlgorithms.Read(body, _kind, out var schemes);
                SignatureSchemes = schemes;
                return error;
            case ExtensionType.ApplicationProtocols:
                _seen |= Seen.Protocols;
                var named = ApplicationProtocolList.TryRead(body, out var protocols);
                ApplicationProtocols = protocols;
                return named ? default : TlsAlert.DecodeError.Because("An ALPN extension is malformed");
            case ExtensionType.ClientCertificateType:
                // What certificates the client would show does not matter where it is not asked for one.
                _seen |= Seen.ClientType;
                return _kind == CertificateKind.X509 ? default : CertificateTypes.CheckOffer(body, _kind);
            case ExtensionType.ServerCertificateType:
                _seen |= Seen.ServerType;
                return CertificateTypes.CheckOffer(body, _kind);
            case ExtensionType.QuicTransportParameters:
                _seen |= Seen.Parameters;
                TransportParameters = body;
                return default;
            case ExtensionType.EarlyData:
                _seen |= Seen.EarlyData;
                return body.IsEmpty ? default : TlsAlert.DecodeError.Because("An early_data extension is malformed");
            case ExtensionType.PreSharedKey when !isLast:
                return TlsAlert.IllegalParameter.Because("pre_shared_key is not the last extension");
            default:
                return default;
        }
    }

    /// <summary>The error for the first mandatory extension that did not come.</summary>
    public readonly TransportError FindMissing()
    {
        if (!_seen.HasFlag(Seen.Versions))
            return TlsAlert.ProtocolVersion.Because("ClientHello has no supported_versions, so that it is older than TLS 1.3");
        if (!_seen.HasFlag(Seen.Parameters))
            return TlsAlert.MissingExtension.Because("ClientHello has no quic_transport_parameters");
        if (!_seen.HasFlag(Seen.Signatures | Seen.Groups | Seen.KeyShares))
            return TlsAlert.MissingExtension.Because("ClientHello lacks signature_algorithms, supported_groups or key_share");
        if (!_seen.HasFlag(Seen.Protocols))
            return TlsAlert.NoApplicationProtocol.Because("ClientHello names no application protocol");
        return _kind == CertificateKind.X509 || _seen.HasFlag(Seen.ClientType | Seen.ServerType)
            ? default
            : TlsAlert.UnsupportedCertificate.Because("The client does not offer raw public keys");
    }
}
