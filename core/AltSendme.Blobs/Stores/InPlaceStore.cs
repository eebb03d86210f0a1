using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;

namespace AltSendme.Blobs.Stores;

/// <summary>
/// What is shared: files where they are, never copied, and a few blobs in memory. Any number of files; the number of open ones is bounded. Blobs may be added while others are served.
/// </summary>
public sealed class InPlaceStore : IBlobSource, IDisposable
{
    /// <summary>Files that stay open while nobody reads them.</summary>
    internal const int IdleHandles = 64;

    private readonly ConcurrentDictionary<Hash, IBlob> _blobs = new();
    private readonly FileHandleCache _handles = new(IdleHandles);

    /// <summary>Shares a file. Of several files with the same content the first one is read.</summary>
    public void Add(HashedFile file)
    {
        ArgumentNullException.ThrowIfNull(file);
        _blobs.TryAdd(file.Root, new FileBlob(file, _handles));
    }

    /// <summary>Shares a blob.</summary>
    public void Add(MemoryBlob blob)
    {
        ArgumentNullException.ThrowIfNull(blob);
        _blobs.TryAdd(blob.Hash, blob);
    }

    /// <inheritdoc/>
    public bool TryFind(in Hash hash, [NotNullWhen(true)] out IBlob? blob) => _blobs.TryGetValue(hash, out blob);

    /// <summary>Closes the files. Reads that are under way end well, later ones fail.</summary>
    public void Dispose() => _handles.Dispose();
}
