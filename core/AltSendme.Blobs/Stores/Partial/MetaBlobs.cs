using AltSendme.Blobs.Blake3;

namespace AltSendme.Blobs.Stores.Partial;

/// <summary>Small blobs, a file each, named by their hashes. They are proved again whenever they are read, so that how they were written does not matter.</summary>
internal static class MetaBlobs
{
    public static bool TryRead(string folder, in Hash hash, out byte[] content)
    {
        content = [];
        var path = Path.Combine(folder, hash.ToString());
        if (!Entry.IsFile(path))
            return false;
        var found = File.ReadAllBytes(path);
        if (Subtree.ChainingValue(found, 0, isRoot: true) != hash)
            return false;
        content = found;
        return true;
    }

    public static void Write(string folder, in Hash hash, ReadOnlySpan<byte> content)
    {
        if (Subtree.ChainingValue(content, 0, isRoot: true) != hash)
            throw new ArgumentException($"The content is not that of {hash}.", nameof(content));
        var path = Path.Combine(folder, hash.ToString());
        if (Entry.IsFile(path))
            File.Delete(path);
        using var file = File.OpenHandle(path, FileMode.CreateNew, FileAccess.Write);
        RandomAccess.Write(file, content, 0);
    }
}
