using System.Text;
using AltSendme.Service.Client;
using AltSendme.Service.Client.Contract;

namespace AltSendme.Service.Web.Folders;

/// <summary>What was received, where it is one small text, to be read and copied in the window. Takes no path from anybody: only the file of a receive that is complete.</summary>
/// <param name="Text">All of it.</param>
internal sealed record ReceivedText(string Text)
{
    /// <summary>The largest file that is shown.</summary>
    public const int MaxBytes = 64 * 1024;

    private const string Extension = ".txt";

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <exception cref="ServiceException"><c>service.conflict</c>: it is not complete, or no such text.</exception>
    public static async Task<ReceivedText> ReadAsync(ReceiveView receive, CancellationToken cancellationToken)
    {
        if (receive is not { State: ReceiveState.Completed, Files: 1, Paths: [var path] } || !path.EndsWith(Extension, StringComparison.OrdinalIgnoreCase))
            throw NoText();
        try
        {
            // It may have been replaced since: never by way of a link, and never more than is shown.
            if (new FileInfo(path) is not { Exists: true, LinkTarget: null, Length: <= MaxBytes })
                throw NoText();
            await using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 1, useAsync: true);
            var content = new byte[MaxBytes];
            var length = await file.ReadAtLeastAsync(content, content.Length, throwOnEndOfStream: false, cancellationToken);
            return new ReceivedText(Strict.GetString(content, 0, length));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or DecoderFallbackException)
        {
            throw NoText();
        }
    }

    private static ServiceException NoText() => new(ServiceCodes.Conflict, "It is no text that a window can show.");
}
