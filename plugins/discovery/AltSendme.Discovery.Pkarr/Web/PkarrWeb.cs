using System.Net;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace AltSendme.Discovery.Pkarr.Web;

/// <summary>The way to servers over HTTP: proxies, certificates, limits. One for the plugin, which disposes it.</summary>
internal sealed class PkarrWeb : IDisposable
{
    /// <summary>How long a server may take to be connected and to answer.</summary>
    public static readonly TimeSpan AnswerLimit = TimeSpan.FromSeconds(5);

    private readonly X509Certificate2Collection _authorities;
    private readonly SocketsHttpHandler _handler;

    public PkarrWeb(PkarrOptions options)
    {
        _authorities = options.Authorities;
        _handler = new SocketsHttpHandler
        {
            ConnectTimeout = AnswerLimit,
            AllowAutoRedirect = false,
            UseCookies = false,
            MaxConnectionsPerServer = 4,
            MaxResponseHeadersLength = 16,
            MaxResponseDrainSize = 4096,
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            UseProxy = options.UseProxy,
            DefaultProxyCredentials = CredentialCache.DefaultCredentials,
        };
        if (options.Proxy is { } proxy)
            _handler.Proxy = Proxied(proxy);
        if (_authorities.Count > 0)
            _handler.SslOptions.RemoteCertificateValidationCallback = (_, certificate, chain, errors) => Trusts(certificate, chain, errors);
        Invoker = new HttpMessageInvoker(_handler, disposeHandler: false);
    }

    /// <summary>Sends requests.</summary>
    public HttpMessageInvoker Invoker { get; }

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
        chain.ChainPolicy.CustomTrustStore.AddRange(_authorities);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        foreach (var element in offered?.ChainElements ?? Enumerable.Empty<X509ChainElement>())
            chain.ChainPolicy.ExtraStore.Add(element.Certificate);
        return chain.Build(leaf);
    }
}
