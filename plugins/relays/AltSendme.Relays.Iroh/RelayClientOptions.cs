using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using AltSendme.Abstractions;
using Microsoft.Extensions.Configuration;

namespace AltSendme.Relays.Iroh;

/// <summary>What can be set for the plugin, in <c>Plugins:altsendme.relay</c>.</summary>
internal sealed record RelayClientOptions
{
    /// <summary>Proxy to use: <see langword="null"/> for the system's (on Linux <c>HTTPS_PROXY</c>, <c>ALL_PROXY</c>, <c>NO_PROXY</c>), or one of its own. Credentials may stand in the URL.</summary>
    public Uri? Proxy { get; init; }

    /// <summary>Whether proxies are used at all.</summary>
    public bool UseProxy { get; init; } = true;

    /// <summary>Certificates of authorities that are trusted besides the system's.</summary>
    public X509Certificate2Collection Authorities { get; init; } = [];

    /// <summary>Whether relays elsewhere than on this machine may be used without TLS. What is relayed is encrypted anyway; who talks with whom, and the token, are not.</summary>
    public bool AllowPlainHttp { get; init; }

    /// <exception cref="PluginException"><c>relay.settings</c>: lists what can't be used.</exception>
    public static RelayClientOptions Read(IConfiguration section)
    {
        var faults = new List<string>();
        var (proxy, useProxy) = Proxied(section["Proxy"], faults);
        var options = new RelayClientOptions
        {
            Proxy = proxy,
            UseProxy = useProxy,
            Authorities = Certificates(section["CertificateAuthority"], faults),
            AllowPlainHttp = Flag(section["AllowPlainHttp"], "AllowPlainHttp", faults),
        };
        return faults.Count == 0 ? options : throw new PluginException("relay.settings", $"The settings of the relay plugin can't be used: {string.Join("; ", faults)}.");
    }

    private static (Uri? Proxy, bool Use) Proxied(string? text, List<string> faults)
    {
        if (string.IsNullOrEmpty(text) || text.Equals("system", StringComparison.OrdinalIgnoreCase))
            return (null, true);
        if (text.Equals("none", StringComparison.OrdinalIgnoreCase))
            return (null, false);
        if (Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "http" or "https" or "socks5" or "socks4" or "socks4a")
            return (url, true);
        faults.Add("Plugins:altsendme.relay:Proxy must be system, none, or the URL of an http, https or socks proxy");
        return (null, true);
    }

    private static X509Certificate2Collection Certificates(string? path, List<string> faults)
    {
        var certificates = new X509Certificate2Collection();
        if (string.IsNullOrEmpty(path))
            return certificates;
        try
        {
            certificates.ImportFromPemFile(path);
            if (certificates.Count == 0)
                faults.Add($"Plugins:altsendme.relay:CertificateAuthority names {path}, in which there is no certificate");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or CryptographicException)
        {
            faults.Add($"Plugins:altsendme.relay:CertificateAuthority names {path}, which can't be read: {exception.Message}");
        }

        return certificates;
    }

    private static bool Flag(string? text, string key, List<string> faults)
    {
        if (string.IsNullOrEmpty(text))
            return false;
        if (!bool.TryParse(text, out var value))
            faults.Add($"Plugins:altsendme.relay:{key} must be true or false");
        return value;
    }
}
