using AltSendme.Blobs.Bao;
using Microsoft.Win32.SafeHandles;

namespace AltSendme.Blobs.Stores;

/// <summary>
/// A file that is shared where it is. It is opened when it is first read and refused when it is not the state that was hashed: another file of the same name, another size, written to since.
/// Reads complete synchronously: what is shared was hashed a moment ago and mostly comes from memory, and where it does not, an asynchronous read would block another pool thread for as long,
/// since .NET knows no other kind on Unix. A caller reads at most a few blocks at a time.
/// </summary>
internal sealed class FileBlob(HashedFile file, FileHandleCache handles) : IBlob
{
    /// <inheritdoc/>
    public Hash Hash => file.Root;

    /// <inheritdoc/>
    public string Name => file.Path;

    /// <inheritdoc/>
    public long Size => file.Size;

    /// <inheritdoc/>
    public Outboard? Outboard => file.Outboard;

    /// <inheritdoc/>
    public ValueTask ReadAsync(long offset, IReadOnlyList<Memory<byte>> segments, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
            return ValueTask.FromCanceled(cancellationToken);
        try
        {
            Read(offset, segments);
            return ValueTask.CompletedTask;
        }
        catch (BlobUnavailableException exception)
        {
            return ValueTask.FromException(exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return ValueTask.FromException(new BlobUnavailableException($"{Name} can't be read any more: {exception.Message}", exception));
        }
        catch (ObjectDisposedException exception)
        {
            return ValueTask.FromException(new BlobUnavailableException($"{Name} is not shared any more.", exception));
        }
    }

    private void Read(long offset, IReadOnlyList<Memory<byte>> segments)
    {
        if (!handles.TryTake(this, out var handle))
            handle = File.OpenHandle(Name, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var isGood = false;
        try
        {
            // The open file is asked, not its name: as long as it is the file that was hashed, what has become of the name does not matter.
            if (FileIdentity.Of(handle) != file.Identity)
                throw new BlobUnavailableException($"{Name} has changed since it was shared. Share it again.");
            Fill(handle, offset, segments);
            isGood = true;
        }
        finally
        {
            if (isGood)
                handles.Return(this, handle);
            else
                handle.Dispose();
        }
    }

    private void Fill(SafeFileHandle handle, long offset, IReadOnlyList<Memory<byte>> segments)
    {
        var done = segments.Count == 1 ? RandomAccess.Read(handle, segments[0].Span, offset) : RandomAccess.Read(handle, segments, offset);

        // A read may stop early at a signal or in a network file system; the rest is read piece by piece.
        foreach (var segment in segments)
        {
            var skipped = (int)Math.Min(done, segment.Length);
            done -= skipped;
            offset += skipped;
            var rest = segment.Span[skipped..];
            while (!rest.IsEmpty)
            {
                var count = RandomAccess.Read(handle, rest, offset);
                if (count == 0)
                    throw new BlobUnavailableException($"{Name} has become shorter since it was shared. Share it again.");
                offset += count;
                rest = rest[count..];
            }
        }
    }
}
