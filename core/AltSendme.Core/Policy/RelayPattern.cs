using System.Buffers;
using AltSendme.Abstractions;

namespace AltSendme.Core.Policy;

/// <summary>
/// Which relays a line of an allow list means: <c>https://relay.example.com</c>, every host below a domain with <c>https://*.example.com</c>, any port with <c>:*</c>. The path does not count: relays are
/// told apart by scheme, host and port.
/// </summary>
public sealed record RelayPattern
{
    private static readonly SearchValues<char> NotInHosts = SearchValues.Create("*@/?#\\ ");

    private const string AnyPort = ":*";
    private const string AnyLabel = "*.";

    private readonly string _scheme;
    private readonly string _host;
    private readonly bool _isSuffix;
    private readonly int? _port;

    private RelayPattern(string text, string scheme, string host, bool isSuffix, int? port)
    {
        Text = text;
        _scheme = scheme;
        _host = host;
        _isSuffix = isSuffix;
        _port = port;
    }

    /// <summary>As it stands in the policy.</summary>
    public string Text { get; }

    /// <summary>Reads a pattern.</summary>
    public static bool TryParse(string text, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out RelayPattern? pattern)
    {
        ArgumentNullException.ThrowIfNull(text);
        pattern = null;
        var end = text.IndexOf("://", StringComparison.Ordinal);
        if (end < 0)
            return false;
        var scheme = text[..end].ToLowerInvariant();
        var authority = text[(end + 3)..].TrimEnd('/');
        var isAnyPort = authority.EndsWith(AnyPort, StringComparison.Ordinal);
        authority = isAnyPort ? authority[..^AnyPort.Length] : authority;
        var isSuffix = authority.StartsWith(AnyLabel, StringComparison.Ordinal);
        authority = isSuffix ? authority[AnyLabel.Length..] : authority;

        // What is left must be a plain host, perhaps with a port: nothing that a URL could hide another host in.
        if (authority.Length == 0 || authority.AsSpan().ContainsAny(NotInHosts)
            || !Uri.TryCreate($"{scheme}://{authority}/", UriKind.Absolute, out var url)
            || !EndpointAddress.TryCreate(EndpointAddress.RelayScheme, url.AbsoluteUri, out _) || url.UserInfo.Length > 0)
            return false;
        pattern = new RelayPattern(text, url.Scheme, Plain(url), isSuffix, isAnyPort ? null : url.Port);
        return true;
    }

    /// <summary>Whether it means a relay.</summary>
    public bool Matches(Uri relay)
    {
        ArgumentNullException.ThrowIfNull(relay);
        var host = Plain(relay);
        return relay.Scheme == _scheme && (_port is null || _port == relay.Port) && (_isSuffix ? host.EndsWith($".{_host}", StringComparison.Ordinal) : host == _host);
    }

    /// <inheritdoc/>
    public override string ToString() => Text;

    private static string Plain(Uri url) => url.IdnHost.TrimEnd('.').ToLowerInvariant();
}
