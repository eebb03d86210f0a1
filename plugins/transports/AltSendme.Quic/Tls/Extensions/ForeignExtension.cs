using AltSendme.Quic.Tls.Wire;

namespace AltSendme.Quic.Tls.Extensions;

/// <summary>What to say of an extension that an answer should not carry (RFC 8446, section 4.2): one that was offered is in the wrong message, any other was never asked for.</summary>
internal static class ForeignExtension
{
    /// <summary>The error for an extension of <paramref name="type"/>; both reasons are constant sentences.</summary>
    public static TransportError In(ExtensionType type, string notOffered, string misplaced) => IsOffered(type)
        ? TlsAlert.IllegalParameter.Because(misplaced)
        : TlsAlert.UnsupportedExtension.Because(notOffered);

    private static bool IsOffered(ExtensionType type) => type
        is ExtensionType.SupportedVersions
        or ExtensionType.SupportedGroups
        or ExtensionType.KeyShare
        or ExtensionType.SignatureAlgorithms
        or ExtensionType.ApplicationProtocols
        or ExtensionType.ClientCertificateType
        or ExtensionType.ServerCertificateType
        or ExtensionType.QuicTransportParameters;
}
