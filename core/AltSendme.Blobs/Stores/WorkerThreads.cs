namespace AltSendme.Blobs.Stores;

/// <summary>Threads of their own for work that computes and reads files for long: it must not occupy the pool on which connections live.</summary>
internal static class WorkerThreads
{
    /// <summary>Runs <paramref name="work"/> on <paramref name="degree"/> threads at once and ends when all of them have; the first fault is thrown.</summary>
    public static Task RunAsync(int degree, Action work)
    {
        var workers = new Task[degree];
        for (var i = 0; i < degree; i++)
            workers[i] = Task.Factory.StartNew(work, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        return Task.WhenAll(workers);
    }
}
