using System.Net;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using AltSendme.RelayProtocol;

namespace AltSendme.Relays.Iroh;

/// <summary>The way to relays over HTTP: proxies, certificates, time limits. One for the plugin, which disposes it.</summary>
internal sealed class RelayWeb : IDisposable
{
    /// <summary>How long a relay may take to be connected and to answer.</summary>
    public static readonly TimeSpan AnswerLimit = TimeSpan.FromSeconds(10);

    private readonly RelayClientOptions _options;
    private readonly SocketsHttpHandler _handler;

    public RelayWeb(RelayClientOptions options)
    {
        _options = options;
        _handler = new SocketsHttpHandler
        {
            ConnectTimeout = AnswerLimit,
            AllowAutoRedirect = false,
            UseCookies = false,
            MaxResponseHeadersLength = 16,
            MaxResponseDrainSize = 4096,
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            UseProxy = options.UseProxy,
            DefaultProxyCredentials = CredentialCache.DefaultCredentials,
        };
        if (options.Proxy is { } proxy)
            _handler.Proxy = Proxied(proxy);
        if (options.Authorities.Count > 0)
            _handler.SslOptions.RemoteCertificateValidationCallback = (_, certificate, chain, errors) => Trusts(certificate, chain, errors);
        Invoker = new HttpMessageInvoker(_handler, disposeHandler: false);
    }

    /// <summary>Sends requests, and upgrades WebSockets.</summary>
    public HttpMessageInvoker Invoker { get; }

    /// <summary>Port of plain HTTP on a relay's host, where portals get in between.</summary>
    public int PortalPort { get; init; } = 80;

    /// <summary>Whether a relay may be used by its URL, and if not, why.</summary>
    public string? Objection(Uri relay)
    {
        if (relay.Scheme == Uri.UriSchemeHttps || relay.IsLoopback || _options.AllowPlainHttp)
            return null;
        return $"{relay.Host} would be used without TLS, and everybody on the way could see the token and who talks with whom. Use its https URL, or set Plugins:altsendme.relay:AllowPlainHttp";
    }

    /// <summary>An address of the relay's, below its URL. A host written with a closing dot, as iroh does, is looked up and checked without it.</summary>
    /// <param name="relay">The relay.</param>
    /// <param name="path">One of <see cref="RelayHttp"/>.</param>
    /// <param name="webSocket">Whether a WebSocket is wanted.</param>
    public static Uri Address(Uri relay, string path, bool webSocket)
    {
        var secure = relay.Scheme == Uri.UriSchemeHttps;
        var scheme = webSocket ? secure ? Uri.UriSchemeWss : Uri.UriSchemeWs : relay.Scheme;
        return new UriBuilder(scheme, relay.IdnHost.TrimEnd('.'), relay.Port, path).Uri;
    }

    /// <summary>Where to ask whether a captive portal is in between: without TLS, so that it can be.</summary>
    public Uri PortalAddress(Uri relay) =>
        new UriBuilder(Uri.UriSchemeHttp, relay.IdnHost.TrimEnd('.'), relay.Scheme == Uri.UriSchemeHttp ? relay.Port : PortalPort, RelayHttp.PortalPath).Uri;

    public void Dispose()
    {
        Invoker.Dispose();
        _handler.Dispose();
    }

    private static WebProxy Proxied(Uri proxy)
    {
        var user = proxy.UserInfo.Split(':', 2);
        var address = new UriBuilder(proxy) { UserName = "", Password = "" }.Uri;
        return new WebProxy(address)
        {
            Credentials = proxy.UserInfo.Length > 0 ? new NetworkCredential(Uri.UnescapeDataString(user[0]), user.Length > 1 ? Uri.UnescapeDataString(user[1]) : "") : CredentialCache.DefaultCredentials,
        };
    }

    private bool Trusts(X509Certificate? certificate, X509Chain? offered, SslPolicyErrors errors)
    {
        if (errors == SslPolicyErrors.None)
            return true;
        if (errors != SslPolicyErrors.RemoteCertificateChainErrors || certificate is not X509Certificate2 leaf)
            return false;

        // The name is right, the system does not know who signed: it may be one of the user's own authorities.
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(_options.Authorities);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        foreach (var element in offered?.ChainElements ?? Enumerable.Empty<X509ChainElement>())
            chain.ChainPolicy.ExtraStore.Add(element.Certificate);
        return chain.Build(leaf);
    }
}
