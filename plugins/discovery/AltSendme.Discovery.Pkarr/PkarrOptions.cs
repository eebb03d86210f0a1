using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using AltSendme.Abstractions;
using Microsoft.Extensions.Configuration;

namespace AltSendme.Discovery.Pkarr;

/// <summary>What can be set for the plugin, in <c>Plugins:altsendme.pkarr</c>.</summary>
internal sealed record PkarrOptions
{
    /// <summary>Servers that are used at most: each is told of, and asked for, everything.</summary>
    public const int MaxServers = 8;

    private const string Section = "Plugins:altsendme.pkarr";

    /// <summary>The server of iroh's defaults, run by number 0.</summary>
    public static readonly Uri DefaultServer = new("https://dns.iroh.link/pkarr");

    /// <summary>URLs of the servers, each without the id that follows.</summary>
    public IReadOnlyList<Uri> Servers { get; init; } = [DefaultServer];

    /// <summary>Whether this side is announced.</summary>
    public bool Publish { get; init; } = true;

    /// <summary>Whether others are looked for.</summary>
    public bool Resolve { get; init; } = true;

    /// <summary>Proxy to use: <see langword="null"/> for the system's (on Linux <c>HTTPS_PROXY</c>, <c>ALL_PROXY</c>, <c>NO_PROXY</c>), or one of its own. Credentials may stand in the URL.</summary>
    public Uri? Proxy { get; init; }

    /// <summary>Whether proxies are used at all.</summary>
    public bool UseProxy { get; init; } = true;

    /// <summary>Certificates of authorities that are trusted besides the system's.</summary>
    public X509Certificate2Collection Authorities { get; init; } = [];

    /// <exception cref="PluginException"><c>pkarr.settings</c>: lists what can't be used.</exception>
    public static PkarrOptions Read(IConfiguration section)
    {
        var faults = new List<string>();
        var (proxy, useProxy) = Proxied(section["Proxy"], faults);
        var options = new PkarrOptions
        {
            Servers = ServersOf(section.GetSection("Relays"), Flag(section["AllowPlainHttp"], "AllowPlainHttp", false, faults), faults),
            Publish = Flag(section["Publish"], "Publish", true, faults),
            Resolve = Flag(section["Resolve"], "Resolve", true, faults),
            Proxy = proxy,
            UseProxy = useProxy,
            Authorities = Certificates(section["CertificateAuthority"], faults),
        };
        return faults.Count == 0 ? options : throw new PluginException("pkarr.settings", $"The settings of the pkarr plugin can't be used: {string.Join("; ", faults)}.");
    }

    private static List<Uri> ServersOf(IConfiguration list, bool allowPlainHttp, List<string> faults)
    {
        var servers = new List<Uri>();
        foreach (var entry in list.GetChildren())
        {
            if (!Uri.TryCreate(entry.Value, UriKind.Absolute, out var url) || (url.Scheme != Uri.UriSchemeHttps && url.Scheme != Uri.UriSchemeHttp) || url.Query.Length > 0 || url.Fragment.Length > 0 || url.UserInfo.Length > 0)
                faults.Add($"{Section}:Relays holds '{entry.Value}', which is not an http or https URL without a query");
            else if (url.Scheme == Uri.UriSchemeHttp && !url.IsLoopback && !allowPlainHttp)
                faults.Add($"{Section}:Relays holds '{url}': without TLS everybody on the way could see who looks for whom. Use its https URL, or set {Section}:AllowPlainHttp");
            else if (!servers.Contains(url))
                servers.Add(url);
        }

        if (servers.Count > MaxServers)
            faults.Add($"{Section}:Relays holds {servers.Count} URLs; {MaxServers} are used at most");
        if (servers.Count == 0)
            servers.Add(DefaultServer);
        return servers;
    }

    private static (Uri? Proxy, bool Use) Proxied(string? text, List<string> faults)
    {
        if (string.IsNullOrEmpty(text) || text.Equals("system", StringComparison.OrdinalIgnoreCase))
            return (null, true);
        if (text.Equals("none", StringComparison.OrdinalIgnoreCase))
            return (null, false);
        if (Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "http" or "https" or "socks5" or "socks4" or "socks4a")
            return (url, true);
        faults.Add($"{Section}:Proxy must be system, none, or the URL of an http, https or socks proxy");
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
                faults.Add($"{Section}:CertificateAuthority names {path}, in which there is no certificate");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or CryptographicException)
        {
            faults.Add($"{Section}:CertificateAuthority names {path}, which can't be read: {exception.Message}");
        }

        return certificates;
    }

    private static bool Flag(string? text, string key, bool otherwise, List<string> faults)
    {
        if (string.IsNullOrEmpty(text))
            return otherwise;
        if (!bool.TryParse(text, out var value))
            faults.Add($"{Section}:{key} must be true or false");
        return value;
    }
}
