using System.Diagnostics.CodeAnalysis;
using System.Net;

namespace AltSendme.Abstractions;

/// <summary>
/// A place at which an endpoint may be reached: a scheme and a canonical text, such as <c>ip:192.0.2.1:4433</c> or <c>relay:https://relay.example/</c>.
/// Two addresses are equal when both parts are. The core itself understands <see cref="IpScheme"/> and <see cref="RelayScheme"/>, because policy must
/// judge them; every other scheme belongs to the plugin whose manifest declares it.
/// </summary>
public readonly record struct EndpointAddress
{
    /// <summary>Scheme of IP socket addresses. The text is <c>1.2.3.4:port</c> or <c>[v6]:port</c>; it names the same port for UDP and TCP.</summary>
    public const string IpScheme = "ip";

    /// <summary>Scheme of relays. The text is the relay's absolute URL.</summary>
    public const string RelayScheme = "relay";

    /// <summary>Longest address in characters, scheme and colon included.</summary>
    public const int MaxLength = 1024;

    private const int MaxSchemeLength = 32;

    private EndpointAddress(string scheme, string text)
    {
        Scheme = scheme;
        Text = text;
    }

    /// <summary>Lower-case letters, digits and hyphens, starting with a letter; at most 32 characters.</summary>
    public string Scheme { get; }

    /// <summary>What the owner of the scheme understands; no control characters.</summary>
    public string Text { get; }

    /// <summary>An IP address and port. IPv4 addresses mapped into IPv6 are written as IPv4.</summary>
    public static EndpointAddress FromIp(IPEndPoint endPoint)
    {
        ArgumentNullException.ThrowIfNull(endPoint);
        var canonical = endPoint.Address.IsIPv4MappedToIPv6 ? new IPEndPoint(endPoint.Address.MapToIPv4(), endPoint.Port) : endPoint;
        return new EndpointAddress(IpScheme, canonical.ToString());
    }

    /// <summary>A relay by its absolute URL with a host: <c>https</c>, or the scheme of a relay plugin.</summary>
    /// <exception cref="ArgumentException">The URL is relative or has no host.</exception>
    public static EndpointAddress FromRelay(Uri url)
    {
        ArgumentNullException.ThrowIfNull(url);
        if (!IsRelayUrl(url))
            throw new ArgumentException($"A relay has an absolute URL with a host; '{url}' is not one.", nameof(url));
        return new EndpointAddress(RelayScheme, url.AbsoluteUri);
    }

    /// <summary>An address of a plugin's own scheme.</summary>
    public static bool TryCreate(string scheme, string text, out EndpointAddress address)
    {
        address = default;
        if (!IsScheme(scheme) || string.IsNullOrEmpty(text) || scheme.Length + 1 + text.Length > MaxLength || text.AsSpan().ContainsAnyInRange('\0', '\x1F') || text.Contains('\x7F', StringComparison.Ordinal))
            return false;

        switch (scheme)
        {
            case IpScheme:
                if (!IPEndPoint.TryParse(text, out var endPoint) || endPoint.Port == 0)
                    return false;
                address = FromIp(endPoint);
                return true;
            case RelayScheme:
                if (!Uri.TryCreate(text, UriKind.Absolute, out var url) || !IsRelayUrl(url))
                    return false;
                address = FromRelay(url);
                return true;
            default:
                address = new EndpointAddress(scheme, text);
                return true;
        }
    }

    /// <summary>Reads <c>scheme:text</c>.</summary>
    public static bool TryParse(string? value, out EndpointAddress address)
    {
        address = default;
        var colon = value?.IndexOf(':', StringComparison.Ordinal) ?? -1;
        return colon > 0 && TryCreate(value![..colon], value[(colon + 1)..], out address);
    }

    /// <summary>The socket address, when this is an <see cref="IpScheme"/> address.</summary>
    public bool TryGetIp([NotNullWhen(true)] out IPEndPoint? endPoint)
    {
        endPoint = null;
        return Scheme == IpScheme && IPEndPoint.TryParse(Text, out endPoint);
    }

    /// <summary>The relay's URL, when this is a <see cref="RelayScheme"/> address.</summary>
    public bool TryGetRelay([NotNullWhen(true)] out Uri? url)
    {
        url = null;
        return Scheme == RelayScheme && Uri.TryCreate(Text, UriKind.Absolute, out url);
    }

    /// <summary><c>scheme:text</c>.</summary>
    public override string ToString() => $"{Scheme}:{Text}";

    private static bool IsRelayUrl(Uri url) => url.IsAbsoluteUri && !url.IsFile && url.Host.Length > 0 && IsScheme(url.Scheme) && url.AbsoluteUri.StartsWith($"{url.Scheme}://", StringComparison.Ordinal);

    /// <summary>Whether a text can be a scheme: 1 to 32 lower-case letters, digits and hyphens, starting with a letter.</summary>
    public static bool IsScheme(string? scheme)
    {
        if (string.IsNullOrEmpty(scheme) || scheme.Length > MaxSchemeLength || !char.IsAsciiLetterLower(scheme[0]))
            return false;
        foreach (var c in scheme)
        {
            if (!char.IsAsciiLetterLower(c) && !char.IsAsciiDigit(c) && c != '-')
                return false;
        }

        return true;
    }
}
