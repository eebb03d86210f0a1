using AltSendme.Service.Client;
using AltSendme.Service.Client.Connection;

namespace AltSendme.Service.Hosting;

/// <summary>Holds the place of the one service that a state folder has: a lock on a file, which the system takes back however the process ends. What a dead service left of its socket is then ours to remove.</summary>
internal sealed class SingleInstance : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    private readonly FileStream _lock;

    private SingleInstance(FileStream lockFile)
    {
        _lock = lockFile;
    }

    /// <summary>Takes the place; waits for a service that is just ending. <see langword="null"/> when another one runs and answers.</summary>
    /// <exception cref="ServiceException">The place is taken, and nobody answers there.</exception>
    public static async Task<SingleInstance?> TryTakeAsync(ServicePlace place, TimeProvider clock, CancellationToken cancellationToken)
    {
        ServicePlace.MakePrivate(place.Folder);
        var started = clock.GetTimestamp();
        while (true)
        {
            if (TryLock(place.LockFile) is { } taken)
                return new SingleInstance(taken);
            if (await ServiceDialer.TryDialAsync(place.CurrentAddress(), cancellationToken) is { } running)
            {
                await running.DisposeAsync();
                return null;
            }

            if (clock.GetElapsedTime(started) > Limit)
                throw new ServiceException(ServiceCodes.Failed, $"Another process holds {place.LockFile} and does not answer. End it ('altsendme service stop'), then try again.");
            await Task.Delay(Pause, clock, cancellationToken);
        }
    }

    public void Dispose() => _lock.Dispose();

    private static FileStream? TryLock(string path)
    {
        try
        {
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return File.Exists(path) ? null : throw new ServiceException(ServiceCodes.Failed, $"{path} can't be made: {exception.Message}", exception);
        }
    }
}
