using System.Text;
using AltSendme.Abstractions;
using AltSendme.Core.Errors;
using AltSendme.Core.Tickets;

namespace AltSendme.Cli.Commands;

/// <summary>Where a ticket on the command line comes from: the text itself, standard input, an <c>altsendme:</c> link, or a ticket file. What a link or file holds is text and nothing else.</summary>
internal static class TicketSource
{
    /// <summary>Scheme of links that hold a ticket.</summary>
    public const string Scheme = "altsendme:";

    /// <summary>Extension of files that hold one.</summary>
    public const string Extension = ".altsendme";

    private const string FileScheme = "file:";
    private const string Query = "ticket=";

    /// <summary>The ticket's text, not yet parsed.</summary>
    /// <exception cref="StorageException">A ticket file can't be read.</exception>
    public static async Task<string> ReadAsync(string argument, CancellationToken cancellationToken)
    {
        if (argument == "-")
            return await ReadAsync(Console.In, cancellationToken);
        if (argument.StartsWith(FileScheme, StringComparison.OrdinalIgnoreCase) && Uri.TryCreate(argument, UriKind.Absolute, out var uri) && uri.IsFile)
            argument = uri.LocalPath;
        return argument.EndsWith(Extension, StringComparison.OrdinalIgnoreCase) && !argument.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) ? Link(await ReadFileAsync(argument, cancellationToken)) : Link(argument);
    }

    /// <summary>What a link holds: <c>altsendme:TICKET</c>, <c>altsendme://TICKET</c> or <c>altsendme:…?ticket=TICKET</c>. Other texts stay as they are.</summary>
    internal static string Link(string text)
    {
        var link = text.AsSpan().Trim();
        if (!link.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) || link.Length > TicketLimits.MaxTextLength * 3)
            return text;
        link = link[Scheme.Length..].Trim('/');
        var query = link.IndexOf(Query, StringComparison.OrdinalIgnoreCase);
        if (query > 0 && link[query - 1] is '?' or '&')
        {
            link = link[(query + Query.Length)..];
            if (link.IndexOf('&') is >= 0 and var end)
                link = link[..end];
        }

        return Uri.UnescapeDataString(link).Trim('/');
    }

    private static async Task<string> ReadFileAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            using var reader = new StreamReader(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, 1, FileOptions.Asynchronous), Encoding.UTF8);
            return await ReadAsync(reader, cancellationToken);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new StorageException(ErrorCodes.SourceUnreadable, $"The ticket file can't be read: {exception.Message}", exception);
        }
    }

    // One character more than a ticket can have, so that one that is too long is seen to be.
    private static async Task<string> ReadAsync(TextReader reader, CancellationToken cancellationToken)
    {
        var buffer = new char[TicketLimits.MaxTextLength + 1];
        var length = await reader.ReadBlockAsync(buffer, cancellationToken);
        return new string(buffer, 0, length);
    }
}
