using System.Net.Security;

namespace AltSendme.Transports.Tls.Handshakes;

/// <summary>The cipher suites of TLS 1.3 in the order wanted here.</summary>
internal static class CipherSuites
{
    /// <summary>
    /// AES-128-GCM first: with the AES instructions of today's processors it costs least, and its strength is that of the keys that are exchanged.
    /// Null on Windows and Android, which know no such order and choose themselves.
    /// </summary>
    public static readonly CipherSuitesPolicy? Preferred = OperatingSystem.IsWindows() || OperatingSystem.IsAndroid()
        ? null
        : new CipherSuitesPolicy([TlsCipherSuite.TLS_AES_128_GCM_SHA256, TlsCipherSuite.TLS_AES_256_GCM_SHA384, TlsCipherSuite.TLS_CHACHA20_POLY1305_SHA256]);
}
