namespace AltSendme.Quic.Tls.Wire;

/// <summary>The extensions that mean something here (RFC 8446, section 4.2; RFC 7250; RFC 7301; RFC 9001, section 8.2).</summary>
internal enum ExtensionType : ushort
{
    /// <summary>server_name: what a client asks for by certificate; servers read over it, since each has one name or key.</summary>
    ServerName = 0,

    /// <summary>supported_groups.</summary>
    SupportedGroups = 10,

    /// <summary>signature_algorithms.</summary>
    SignatureAlgorithms = 13,

    /// <summary>application_layer_protocol_negotiation.</summary>
    ApplicationProtocols = 16,

    /// <summary>client_certificate_type.</summary>
    ClientCertificateType = 19,

    /// <summary>server_certificate_type.</summary>
    ServerCertificateType = 20,

    /// <summary>pre_shared_key: not used, but it must be a hello's last extension.</summary>
    PreSharedKey = 41,

    /// <summary>early_data: never accepted.</summary>
    EarlyData = 42,

    /// <summary>supported_versions.</summary>
    SupportedVersions = 43,

    /// <summary>cookie of a HelloRetryRequest.</summary>
    Cookie = 44,

    /// <summary>psk_key_exchange_modes.</summary>
    PskKeyExchangeModes = 45,

    /// <summary>key_share.</summary>
    KeyShare = 51,

    /// <summary>quic_transport_parameters.</summary>
    QuicTransportParameters = 57,
}
