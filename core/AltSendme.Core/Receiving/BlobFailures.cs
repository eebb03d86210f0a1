using AltSendme.Abstractions;
using AltSendme.Blobs.Bao;
using AltSendme.Blobs.Protocol;
using AltSendme.Core.Errors;

namespace AltSendme.Core.Receiving;

/// <summary>What went wrong with a blob or a file, in the words and types that a user gets.</summary>
internal static class BlobFailures
{
    private const int UnixNoSpace = 28;
    private const int UnixQuota = 122;
    private const int WindowsNoSpace = 112;
    private const int WindowsQuota = 1295;

    /// <summary>Runs a request and translates what the blob library, the stream and the file system throw. Losing the connection is not translated: it can be tried again.</summary>
    /// <param name="body">The request.</param>
    /// <param name="what">Names what was being fetched at the moment.</param>
    public static async Task GuardAsync(Func<Task> body, Func<string> what)
    {
        try
        {
            await body();
        }
        catch (BlobVerificationException exception)
        {
            throw new VerificationException(ErrorCodes.ContentCorrupt, $"What arrived for {what()} does not match its hash, so nothing of it was kept. What was verified before stays. {exception.Message}", exception);
        }
        catch (BlobTransferException exception)
        {
            throw Lacking(what(), exception);
        }
        catch (StreamAbortedException exception) when (exception.StreamCode.Value is BlobProtocol.PermissionError or BlobProtocol.LimitError)
        {
            throw new TransferAbortedException(ErrorCodes.PeerAborted, $"The sender refused to provide {what()} ({(exception.StreamCode.Value == BlobProtocol.LimitError ? "a limit was reached there" : "it is not allowed")}).", exception);
        }
        catch (StreamAbortedException exception)
        {
            throw Lacking(what(), exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Storage(what(), exception);
        }
    }

    /// <summary>A failure to read or write files on this side.</summary>
    public static StorageException Storage(string what, Exception exception) => IsFull(exception)
        ? new StorageException(ErrorCodes.DiskFull, $"The drive is full while {what} arrives. What was verified stays; free some space and run the same command again to go on from there.", exception)
        : new StorageException(ErrorCodes.StoreFailed, $"{what} could not be written: {exception.Message}", exception);

    private static TransferAbortedException Lacking(string what, Exception exception) =>
        new(ErrorCodes.PeerLacksContent, $"The sender could not provide {what}: it was changed or removed there. What was verified stays; ask for a new ticket.", exception);

    private static bool IsFull(Exception exception) => (exception.HResult & 0xFFFF) is var code && (OperatingSystem.IsWindows() ? code is WindowsNoSpace or WindowsQuota : code is UnixNoSpace or UnixQuota);
}
