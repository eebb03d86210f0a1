namespace AltSendme.Blobs.Stores;

/// <summary>
/// Hashes files where they are: one large file or many small ones, in parallel over the cores. Memory is one buffer of <see cref="HashingRun.PieceSize"/> a core, and 64 bytes a MiB for the outboards.
/// </summary>
/// <param name="degree">How many threads work at once; <see langword="null"/> for one a core.</param>
public sealed class FileHasher(int? degree = null)
{
    private readonly int _degree = Math.Max(1, degree ?? Environment.ProcessorCount);

    /// <summary>Hashes one file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="onHashed">Called with the number of bytes that were hashed since the last call, from any thread, several at once.</param>
    /// <param name="cancellationToken">Stops between pieces.</param>
    /// <exception cref="BlobUnavailableException">The file can't be read, or something wrote to it meanwhile.</exception>
    public async Task<HashedFile> HashAsync(string path, Action<long>? onHashed, CancellationToken cancellationToken) =>
        (await HashAllAsync([path], onHashed, cancellationToken))[0];

    /// <summary>Hashes many files; the results are in the order of <paramref name="paths"/>.</summary>
    /// <param name="paths">The files.</param>
    /// <param name="onHashed">Called with the number of bytes that were hashed since the last call, from any thread, several at once.</param>
    /// <param name="cancellationToken">Stops between files and between pieces.</param>
    /// <exception cref="BlobUnavailableException">A file can't be read, or something wrote to it meanwhile; nothing is returned then.</exception>
    public async Task<IReadOnlyList<HashedFile>> HashAllAsync(IReadOnlyList<string> paths, Action<long>? onHashed, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(paths);
        using var run = new HashingRun(paths, onHashed, cancellationToken);
        await WorkerThreads.RunAsync(_degree, run.Work);
        cancellationToken.ThrowIfCancellationRequested();
        return run.Results;
    }
}
