using System.Diagnostics.CodeAnalysis;
using AltSendme.Blobs.Collections;
using AltSendme.Blobs.Stores;
using AltSendme.Blobs.Tests.Bao;

namespace AltSendme.Blobs.Tests.Protocol;

/// <summary>Blobs to serve.</summary>
internal sealed class PatternSource : IBlobSource
{
    private readonly Dictionary<Hash, IBlob> _blobs = [];

    public Hash Add(byte[] content) => Add(new PatternBlob(content));

    public Hash Add(IBlob blob)
    {
        _blobs[blob.Hash] = blob;
        return blob.Hash;
    }

    public Hash AddCollection(IEnumerable<(string Name, Hash Hash)> files)
    {
        var collection = new Collection(files.Select(file => new CollectionEntry(file.Name, file.Hash)));
        Add(collection.Metadata.ToArray());
        return Add(collection.Sequence.Bytes.ToArray());
    }

    public PatternBlob this[Hash hash] => (PatternBlob)_blobs[hash];

    public bool TryFind(in Hash hash, [NotNullWhen(true)] out IBlob? blob) => _blobs.TryGetValue(hash, out blob);
}
