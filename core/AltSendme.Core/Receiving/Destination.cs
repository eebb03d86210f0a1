using AltSendme.Abstractions;
using AltSendme.Blobs;
using AltSendme.Blobs.Stores.Partial;
using AltSendme.Core.Errors;

namespace AltSendme.Core.Receiving;

/// <summary>The folder that a share is received into, and the partial store inside it. Nothing is made before the store is opened.</summary>
internal sealed class Destination
{
    /// <exception cref="StorageException"><c>store.not-a-folder</c>: something that is not a folder stands in the way.</exception>
    public Destination(string path)
    {
        Folder = Path.GetFullPath(path);
        for (var current = Folder; current is not null; current = Path.GetDirectoryName(current))
        {
            if (Directory.Exists(current))
                break;
            if (FileSystemEntry.Exists(current))
                throw new StorageException(ErrorCodes.DestinationNotFolder, $"{current} is not a folder, so nothing can be received into it. Choose another with -o.");
        }
    }

    /// <summary>Absolute path.</summary>
    public string Folder { get; }

    /// <summary>What the file system there can hold.</summary>
    public NameRules Rules()
    {
        var existing = Folder;
        while (!Directory.Exists(existing) && Path.GetDirectoryName(existing) is { } parent)
            existing = parent;
        return NameRules.Of(existing);
    }

    /// <summary>Whether an earlier run left something of this share.</summary>
    public bool HasStore(in Hash root) => FileSystemEntry.IsFolder(Path.Combine(Folder, PartialStore.FolderNameOf(root)));

    /// <exception cref="StorageException"><c>store.unwritable</c>, <c>store.busy</c>, <c>store.foreign</c> or <c>store.disk-full</c>.</exception>
    public PartialStore OpenStore(in Hash root)
    {
        try
        {
            Directory.CreateDirectory(Folder);
            return PartialStore.Open(Folder, root);
        }
        catch (PartialStoreBusyException exception)
        {
            throw new StorageException(ErrorCodes.StoreBusy, $"Another process receives the same share into {Folder}. Wait for it, or choose another folder.", exception);
        }
        catch (PartialStoreException exception)
        {
            throw new StorageException(ErrorCodes.StoreForeign, exception.Message, exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new StorageException(ErrorCodes.DestinationUnwritable, $"Nothing can be received into {Folder}: {exception.Message} Choose another folder with -o.", exception);
        }
    }

    /// <summary>Makes the store know the files; what an earlier run left of them is verified here.</summary>
    public static async Task<IReadOnlyList<(ContentFile File, PartialFile Store)>> AddFilesAsync(PartialStore store, IReadOnlyList<ContentFile> files, CancellationToken cancellationToken)
    {
        var added = new (ContentFile, PartialFile)[files.Count];
        for (var i = 0; i < files.Count; i++)
        {
            try
            {
                added[i] = (files[i], await store.AddFileAsync(files[i].Path, files[i].Hash, files[i].Size, cancellationToken));
            }
            catch (PartialStoreException exception)
            {
                throw new StorageException(ErrorCodes.StoreForeign, exception.Message, exception);
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                throw BlobFailures.Storage(files[i].Path, exception);
            }
        }

        return added;
    }
}
