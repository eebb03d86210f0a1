using AltSendme.Abstractions;

namespace AltSendme.Core.Paths;

/// <summary>Follows a connection's path, and tells when it leads elsewhere: from a relay to a direct one, or back. A round-trip time that changes alone is not told.</summary>
internal static class PathWatch
{
    /// <summary>Watches until the connection ends or the watcher gives up; never throws.</summary>
    public static async Task RunAsync(IConnection connection, ConnectionPath known, Action<ConnectionPath> onMoved, CancellationToken cancellationToken)
    {
        try
        {
            await foreach (var path in connection.WatchPathAsync(cancellationToken))
            {
                if (path.Kind == known.Kind && path.Remote == known.Remote)
                    continue;
                known = path;
                onMoved(path);
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or AltSendmeException)
        {
            // Nobody watches any more, or there is nothing left to watch.
        }
    }
}
