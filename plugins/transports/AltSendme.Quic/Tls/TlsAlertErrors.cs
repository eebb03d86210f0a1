namespace AltSendme.Quic.Tls;

/// <summary>Turns alerts into transport errors (RFC 9001, section 4.8).</summary>
internal static class TlsAlertErrors
{
    /// <summary>A CRYPTO_ERROR with this alert; <paramref name="reason"/> is a constant sentence.</summary>
    public static TransportError Because(this TlsAlert alert, string reason) => TransportError.Crypto((byte)alert, reason);
}
