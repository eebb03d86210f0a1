using AltSendme.Abstractions;

namespace AltSendme.Core.Tickets;

/// <summary>A relay's URL as it stands in a ticket: plain ASCII, so that what a person reads is what is dialled.</summary>
internal static class TicketRelay
{
    /// <exception cref="ArgumentException">It is not a URL with a host and without credentials, or too long.</exception>
    public static Uri Canonical(Uri url)
    {
        // International names travel in their ASCII form, as the URL type of iroh writes them.
        var ascii = url.IsAbsoluteUri && url.Host != url.IdnHost ? new UriBuilder(url) { Host = url.IdnHost }.Uri : url;
        if (!IsAcceptable(ascii))
            throw new ArgumentException($"'{url}' can't stand in a ticket: {TicketFaults.RelayUrl.Message}", nameof(url));
        return ascii;
    }

    public static bool TryRead(string text, out Uri? url)
    {
        if (!text.AsSpan().ContainsAnyExceptInRange('!', '~') && Uri.TryCreate(text, UriKind.Absolute, out url) && IsAcceptable(url))
            return true;
        url = null;
        return false;
    }

    private static bool IsAcceptable(Uri url) =>
        url.IsAbsoluteUri
        && !url.IsFile
        && url.Host.Length > 0
        && EndpointAddress.IsScheme(url.Scheme)
        && url.AbsoluteUri.StartsWith($"{url.Scheme}://", StringComparison.Ordinal)
        && url.UserInfo.Length == 0
        && url.AbsoluteUri.Length <= TicketLimits.MaxRelayUrlLength;
}
