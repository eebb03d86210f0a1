using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using AltSendme.Blobs.Blake3;
using AltSendme.Primitives.Encoding;

namespace AltSendme.Blobs.Collections;

/// <summary>
/// Named blobs in an order: what iroh calls a collection. Two blobs describe it: the metadata, which holds the names (<c>CollectionV0.</c> and a postcard list of texts), and a hash sequence whose
/// first hash is the metadata's, followed by one for each name. The hash of that sequence is the hash of the collection.
/// </summary>
public sealed class Collection
{
    /// <summary>Bytes of metadata that are read at most; with the usual limit of a million entries, 67 bytes a name on average.</summary>
    public const int MaxMetadataSize = 64 * 1024 * 1024;

    /// <summary>Bytes of one name in UTF-8 at most: more than any file system's longest path.</summary>
    public const int MaxNameSize = 64 * 1024;

    private readonly CollectionEntry[] _entries;

    /// <summary>A collection of <paramref name="entries"/> in this order.</summary>
    /// <exception cref="ArgumentException">The names are too long or too many to be read by a receiver.</exception>
    public Collection(IEnumerable<CollectionEntry> entries)
    {
        _entries = [.. entries];
        Metadata = Encode(_entries);
        if (Metadata.Length > MaxMetadataSize)
            throw new ArgumentException($"The names take {Metadata.Length} bytes; at most {MaxMetadataSize} can be shared at once.", nameof(entries));

        var hashes = new Hash[_entries.Length + 1];
        hashes[0] = Subtree.ChainingValue(Metadata.Span, 0, isRoot: true);
        for (var i = 0; i < _entries.Length; i++)
            hashes[i + 1] = _entries[i].Hash;
        Sequence = HashSequence.FromHashes(hashes);
    }

    private Collection(CollectionEntry[] entries, ReadOnlyMemory<byte> metadata, HashSequence sequence) =>
        (_entries, Metadata, Sequence) = (entries, metadata, sequence);

    private static ReadOnlySpan<byte> Header => "CollectionV0."u8;

    /// <summary>The named blobs in order.</summary>
    public IReadOnlyList<CollectionEntry> Entries => _entries;

    /// <summary>The metadata blob: the sequence's first child.</summary>
    public ReadOnlyMemory<byte> Metadata { get; }

    /// <summary>The hash sequence: the metadata, then the blobs.</summary>
    public HashSequence Sequence { get; }

    /// <summary>The collection's hash, which is the hash sequence's. Computed at each call.</summary>
    public Hash ComputeHash() => Subtree.ChainingValue(Sequence.Bytes.Span, 0, isRoot: true);

    /// <summary>Reads a collection out of its two blobs, both of which have been verified against their hashes.</summary>
    /// <param name="sequence">The hash sequence.</param>
    /// <param name="metadata">Its first child; the caller no longer changes it. Bytes after the names are ignored, as iroh ignores them.</param>
    /// <param name="collection">The collection, when there is one.</param>
    /// <param name="reason">Why not, otherwise.</param>
    public static bool TryDecode(
        HashSequence sequence, ReadOnlyMemory<byte> metadata, [NotNullWhen(true)] out Collection? collection, [NotNullWhen(false)] out string? reason)
    {
        collection = null;
        reason = Decode(sequence, metadata, out var entries);
        if (reason is null)
            collection = new Collection(entries, metadata, sequence);
        return reason is null;
    }

    private static string? Decode(HashSequence sequence, ReadOnlyMemory<byte> metadata, out CollectionEntry[] entries)
    {
        entries = [];
        if (metadata.Length > MaxMetadataSize)
            return $"The list of names has {metadata.Length} bytes; at most {MaxMetadataSize} are accepted.";
        if (!metadata.Span.StartsWith(Header))
            return "This is not a collection: the list of names does not begin as one.";
        if (sequence.Count == 0)
            return "This is not a collection: it refers to nothing, not even a list of names.";

        var reader = new PostcardReader(metadata.Span[Header.Length..]);
        if (!reader.TryReadLength(sequence.Count - 1, out var count) || count != sequence.Count - 1)
            return $"The collection has {sequence.Count - 1} files and another number of names.";

        // Each name takes at least the byte of its length, so that a count that lies can't make room for more than was sent.
        if (count > reader.Remaining.Length)
            return "The list of names is cut short.";
        entries = new CollectionEntry[count];
        for (var i = 0; i < count; i++)
        {
            if (!reader.TryReadString(MaxNameSize, out var name))
                return $"Name {i + 1} of {count} is cut short, longer than {MaxNameSize} bytes or not UTF-8.";
            entries[i] = new CollectionEntry(name, sequence[i + 1]);
        }

        return null;
    }

    private static ReadOnlyMemory<byte> Encode(CollectionEntry[] entries)
    {
        var output = new ArrayBufferWriter<byte>();
        var writer = new PostcardWriter(output);
        writer.WriteFixed(Header);
        writer.WriteVarUInt64((ulong)entries.Length);
        foreach (var (name, _) in entries)
        {
            if (System.Text.Encoding.UTF8.GetByteCount(name) > MaxNameSize)
                throw new ArgumentException($"The name {name[..40]}... is longer than {MaxNameSize} bytes.", nameof(entries));
            writer.WriteString(name);
        }

        return output.WrittenMemory;
    }
}
