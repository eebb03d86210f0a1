using System.Text;

namespace AltSendme.Service.DBus.Api;

/// <summary>Paths out of <c>file:</c> URIs, as file managers write them (freedesktop.org, "File URI Specification").</summary>
internal static class FileUris
{
    private const string Scheme = "file:";
    private const string LocalHost = "localhost";

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The path.</summary>
    /// <param name="uri">The URI.</param>
    /// <param name="path">The path, absolute.</param>
    /// <param name="reason">Why there is none, in words that follow the item's name.</param>
    public static bool TryPath(string uri, out string path, out string reason)
    {
        path = "";
        var colon = uri.IndexOf(':', StringComparison.Ordinal);
        if (colon <= 0)
        {
            reason = "is no URI. Give file:///… with an absolute path";
            return false;
        }

        if (!uri.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
        {
            reason = $"is not on this computer ({Shown(uri[..colon])}). Copy it here first, then send the copy";
            return false;
        }

        reason = "is no file URI with an absolute path";
        var rest = uri.AsSpan(Scheme.Length);
        if (rest.StartsWith("//"))
        {
            rest = rest[2..];
            var slash = rest.IndexOf('/');
            if (slash < 0)
                return false;
            if (slash > 0 && !rest[..slash].Equals(LocalHost, StringComparison.OrdinalIgnoreCase) && !rest[..slash].Equals(Environment.MachineName, StringComparison.OrdinalIgnoreCase))
            {
                reason = $"is on another computer ({Shown(rest[..slash].ToString())}). Copy it here first, then send the copy";
                return false;
            }

            rest = rest[slash..];
        }

        return rest.StartsWith("/") && !rest.Contains('#') && TryUnescape(rest, out path, ref reason);
    }

    /// <summary>What to call an item of which there may be no path: its last part, fit to be shown.</summary>
    public static string NameOf(string uri)
    {
        var end = uri.AsSpan().TrimEnd('/');
        var name = end[(end.LastIndexOf('/') + 1)..].ToString();
        return Shown(Uri.UnescapeDataString(name));
    }

    private static bool TryUnescape(ReadOnlySpan<char> text, out string path, ref string reason)
    {
        path = "";
        var bytes = new byte[Strict.GetMaxByteCount(text.Length)];
        var length = 0;
        while (!text.IsEmpty)
        {
            if (text[0] != '%')
            {
                var plain = text.IndexOf('%') is var next && next < 0 ? text.Length : next;
                length += Encoding.UTF8.GetBytes(text[..plain], bytes.AsSpan(length));
                text = text[plain..];
                continue;
            }

            // A slash that was escaped would be part of a name, which no file has.
            if (text.Length < 3 || !char.IsAsciiHexDigit(text[1]) || !char.IsAsciiHexDigit(text[2]) || Byte(text) is 0 or (byte)'/')
                return false;
            bytes[length++] = Byte(text);
            text = text[3..];
        }

        try
        {
            path = Strict.GetString(bytes, 0, length);
            return !path.Contains('\0', StringComparison.Ordinal);
        }
        catch (DecoderFallbackException)
        {
            reason = "has a name that is not UTF-8. Rename it, then send it";
            return false;
        }
    }

    private static byte Byte(ReadOnlySpan<char> escaped) => (byte)((Convert.ToInt32(escaped[1].ToString(), 16) << 4) | Convert.ToInt32(escaped[2].ToString(), 16));

    private static string Shown(string text) => Notifications.ShownText.Of(text, 80);
}
