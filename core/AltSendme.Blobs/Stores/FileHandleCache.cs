using System.Diagnostics.CodeAnalysis;
using Microsoft.Win32.SafeHandles;

namespace AltSendme.Blobs.Stores;

/// <summary>
/// Keeps the handles of files that were read lately. A reader takes a handle out, uses it alone and gives it back, so that none is closed while it is read; at most
/// <paramref name="capacity"/> lie idle, and beside them each reader has one.
/// </summary>
internal sealed class FileHandleCache(int capacity) : IDisposable
{
    // Guards the fields below; held for a few comparisons, never for I/O.
    private readonly Lock _gate = new();

    /// <summary>The one that was given back last is at the end.</summary>
    private readonly List<(FileBlob Owner, SafeFileHandle Handle)> _idle = new(capacity);
    private bool _isDisposed;

    /// <summary>Takes an idle handle of <paramref name="owner"/>'s file, which the caller gives back or disposes.</summary>
    public bool TryTake(FileBlob owner, [NotNullWhen(true)] out SafeFileHandle? handle)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            for (var i = _idle.Count - 1; i >= 0; i--)
            {
                if (!ReferenceEquals(_idle[i].Owner, owner))
                    continue;
                handle = _idle[i].Handle;
                _idle.RemoveAt(i);
                return true;
            }
        }

        handle = null;
        return false;
    }

    /// <summary>Takes over a handle that is still good; closes the one that was not used for longest when there are too many.</summary>
    public void Return(FileBlob owner, SafeFileHandle handle)
    {
        var excess = handle;
        lock (_gate)
        {
            if (!_isDisposed)
            {
                excess = null;
                if (_idle.Count == capacity)
                {
                    excess = _idle[0].Handle;
                    _idle.RemoveAt(0);
                }

                _idle.Add((owner, handle));
            }
        }

        excess?.Dispose();
    }

    /// <summary>Closes the idle handles, and those in use when they are given back.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _isDisposed = true;
            foreach (var (_, handle) in _idle)
                handle.Dispose();
            _idle.Clear();
        }
    }
}
