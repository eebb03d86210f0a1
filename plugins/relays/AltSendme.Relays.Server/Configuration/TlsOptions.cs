namespace AltSendme.Relays.Server.Configuration;

/// <summary>Section <c>Tls</c>: PEM files, which are read again when they change.</summary>
internal sealed class TlsOptions
{
    /// <summary>The certificate, followed by those that lead to its authority.</summary>
    public string? Certificate { get; set; }

    /// <summary>Its private key, not encrypted.</summary>
    public string? Key { get; set; }
}
